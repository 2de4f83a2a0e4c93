// Where the round targets of the lens go: never nearer to each other than `gap`, never outside
// the box, as near as possible to the true place. Pure, in screen pixels, deterministic.

// places: [{x, y, x0?, x1?}]; x0 and x1 hold one of them to its own side of the body.
// Each round moves all discs at once (not one after the other), so a left-right symmetric
// picture stays symmetric.
export function spread(places, gap, box) {
  const discs = places.map(({ x, y }) => ({ x, y }));
  const rounds = 900;
  for (let round = 0; round < rounds; round++) {
    const pull = round < rounds * 0.7 ? 0.015 : 0;
    const pushed = pushApart(discs, gap);
    discs.forEach((disc, i) => {
      disc.x += (places[i].x - disc.x) * pull;
      disc.y += (places[i].y - disc.y) * pull;
      disc.x = Math.max(places[i].x0 ?? box.x0, Math.min(places[i].x1 ?? box.x1, disc.x));
      disc.y = Math.max(box.y0, Math.min(box.y1, disc.y));
    });
    if (!pushed && pull === 0) break;
  }
  return discs;
}

function pushApart(discs, gap) {
  const shift = discs.map(() => ({ x: 0, y: 0, n: 0 }));
  let pushed = false;
  for (let i = 0; i < discs.length; i++) {
    for (let j = i + 1; j < discs.length; j++) {
      let dx = discs[j].x - discs[i].x, dy = discs[j].y - discs[i].y;
      const square = dx * dx + dy * dy;              // Math.hypot takes several times as long
      if (square >= gap * gap) continue;
      let length = Math.sqrt(square);
      if (length < 0.01) { dx = j % 2 ? 1 : 0; dy = j % 2 ? 0 : 1; length = 1; }
      const half = (gap - Math.min(length, gap)) / 2 + 0.05;
      const ux = dx / length, uy = dy / length;
      shift[i].x -= ux * half; shift[i].y -= uy * half; shift[i].n++;
      shift[j].x += ux * half; shift[j].y += uy * half; shift[j].n++;
      pushed = true;
    }
  }
  discs.forEach((disc, i) => {
    // a disc squeezed by several neighbours takes the mean push, or it would jump to and fro
    const share = Math.max(1, shift[i].n * 0.6);
    disc.x += shift[i].x / share;
    disc.y += shift[i].y / share;
  });
  return pushed;
}

export function smallestGap(discs) {
  let least = Infinity;
  for (let i = 0; i < discs.length; i++) {
    for (let j = i + 1; j < discs.length; j++) {
      least = Math.min(least, Math.hypot(discs[j].x - discs[i].x, discs[j].y - discs[i].y));
    }
  }
  return least;
}

// The same for invisible squares: no two closer than `size` along both axes.
export function separateSquares(places, size, box) {
  const squares = places.map(({ x, y }) => ({ x, y }));
  for (let round = 0; round < 300; round++) {
    let pushed = false;
    for (let i = 0; i < squares.length; i++) {
      for (let j = i + 1; j < squares.length; j++) {
        const a = squares[i], b = squares[j];
        const dx = size - Math.abs(b.x - a.x), dy = size - Math.abs(b.y - a.y);
        if (dx <= 0 || dy <= 0) continue;
        pushed = true;
        // move along the axis that needs less, half each
        if (dx < dy) { const m = dx / 2 + 0.05; const s = b.x >= a.x ? 1 : -1; a.x -= s * m; b.x += s * m; }
        else { const m = dy / 2 + 0.05; const s = b.y >= a.y ? 1 : -1; a.y -= s * m; b.y += s * m; }
      }
    }
    for (const square of squares) {
      square.x = Math.max(box.x0, Math.min(box.x1, square.x));
      square.y = Math.max(box.y0, Math.min(box.y1, square.y));
    }
    if (!pushed) break;
  }
  return squares;
}
