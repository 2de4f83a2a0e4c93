// Stands between a process and its disk (LD_PRELOAD): writes down what the process asks of the files
// below one folder, in order, and lets a chosen call fail. power_cut.py and disk_errors.py use it.
//
//   BODYMAP_SHIM_FOLDER  the folder, without a slash at its end
//   BODYMAP_SHIM_LOG     where to write it down; a line for each call, followed by its bytes
//   BODYMAP_SHIM_FAIL    "w 3 28": the third write from now on fails with errno 28, once. Kinds are
//                        those of the lines: o open, r read, w write, t truncate, s sync, u unlink,
//                        l link, n rename. Read anew with each call, so a process can set it.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FILES 4096
static char watched[FILES];
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

#define REAL(type, name, ...)                           \
  static type (*real)(__VA_ARGS__);                     \
  if (!real) *(void **)&real = dlsym(RTLD_NEXT, #name)

static int is_below(const char *path) {
  const char *folder = getenv("BODYMAP_SHIM_FOLDER");
  if (!folder || !path) return 0;
  size_t length = strlen(folder);
  return !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

static int is_watched(int fd) { return fd >= 0 && fd < FILES && watched[fd]; }

// Straight to the kernel, past this file.
static void note(const char *bytes, size_t length, const char *form, ...) {
  static int log = -1;
  const char *path = getenv("BODYMAP_SHIM_LOG");
  if (!path) return;
  if (log < 0) {
    int fd = syscall(SYS_openat, AT_FDCWD, path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    log = syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, FILES / 2);
    syscall(SYS_close, fd);
  }
  char line[256];
  va_list rest;
  va_start(rest, form);
  int end = vsnprintf(line, sizeof line, form, rest);
  va_end(rest);
  syscall(SYS_write, log, line, end);
  while (length) {
    long written = syscall(SYS_write, log, bytes, length);
    if (written <= 0) abort();
    bytes += written;
    length -= written;
  }
}

static int fails(char kind) {
  static char last[64];
  static long seen;
  const char *order = getenv("BODYMAP_SHIM_FAIL");
  if (!order) order = "";
  if (strncmp(order, last, sizeof last - 1)) {
    strncpy(last, order, sizeof last - 1);
    seen = 0;
  }
  char which;
  long number;
  int code;
  if (sscanf(order, "%c %ld %d", &which, &number, &code) != 3 || which != kind) return 0;
  if (++seen != number) return 0;
  errno = code;
  return 1;
}

#define BEGIN pthread_mutex_lock(&one_at_a_time)
#define END(result)                         \
  do {                                      \
    int code = errno;                       \
    pthread_mutex_unlock(&one_at_a_time);   \
    errno = code;                           \
    return result;                          \
  } while (0)

static int opened(int fd, const char *path, int flags) {
  if (fd >= 0 && fd < FILES) {
    watched[fd] = is_below(path);
    if (watched[fd]) note(path, strlen(path), "o %d %d %d %zu\n", fd, !!(flags & O_TRUNC), !!(flags & O_APPEND), strlen(path));
  }
  return fd;
}

#define OPEN(name)                                                     \
  int name(const char *path, int flags, ...) {                         \
    REAL(int, name, const char *, int, ...);                           \
    va_list rest;                                                      \
    va_start(rest, flags);                                             \
    int mode = flags & O_CREAT ? va_arg(rest, int) : 0;                \
    va_end(rest);                                                      \
    BEGIN;                                                             \
    if (is_below(path) && fails('o')) END(-1);                         \
    int fd = opened(real(path, flags, mode), path, flags);             \
    END(fd);                                                           \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                   \
  int name(int at, const char *path, int flags, ...) {                 \
    REAL(int, name, int, const char *, int, ...);                      \
    va_list rest;                                                      \
    va_start(rest, flags);                                             \
    int mode = flags & O_CREAT ? va_arg(rest, int) : 0;                \
    va_end(rest);                                                      \
    BEGIN;                                                             \
    if (is_below(path) && fails('o')) END(-1);                         \
    int fd = opened(real(at, path, flags, mode), path, flags);         \
    END(fd);                                                           \
  }
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
  REAL(int, close, int);
  BEGIN;
  if (is_watched(fd)) watched[fd] = 0;
  int result = real(fd);
  END(result);
}

ssize_t write(int fd, const void *data, size_t length) {
  REAL(ssize_t, write, int, const void *, size_t);
  if (!is_watched(fd)) return real(fd, data, length);
  BEGIN;
  if (fails('w')) END(-1);
  off_t at = lseek(fd, 0, SEEK_CUR);
  ssize_t written = real(fd, data, length);
  if (written > 0) note(data, written, "w %d %ld %zd\n", fd, (long)at, written);
  END(written);
}

#define PWRITE(name, offset)                                                         \
  ssize_t name(int fd, const void *data, size_t length, offset at) {                 \
    REAL(ssize_t, name, int, const void *, size_t, offset);                          \
    if (!is_watched(fd)) return real(fd, data, length, at);                          \
    BEGIN;                                                                           \
    if (fails('w')) END(-1);                                                         \
    ssize_t written = real(fd, data, length, at);                                    \
    if (written > 0) note(data, written, "w %d %ld %zd\n", fd, (long)at, written);   \
    END(written);                                                                    \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t read(int fd, void *data, size_t length) {
  REAL(ssize_t, read, int, void *, size_t);
  if (!is_watched(fd)) return real(fd, data, length);
  BEGIN;
  if (fails('r')) END(-1);
  ssize_t result = real(fd, data, length);
  END(result);
}

#define PREAD(name, offset)                                                    \
  ssize_t name(int fd, void *data, size_t length, offset at) {                 \
    REAL(ssize_t, name, int, void *, size_t, offset);                          \
    if (!is_watched(fd)) return real(fd, data, length, at);                    \
    BEGIN;                                                                     \
    if (fails('r')) END(-1);                                                   \
    ssize_t result = real(fd, data, length, at);                               \
    END(result);                                                               \
  }
PREAD(pread, off_t)
PREAD(pread64, off64_t)

#define FTRUNCATE(name, offset)                                  \
  int name(int fd, offset length) {                              \
    REAL(int, name, int, offset);                                \
    if (!is_watched(fd)) return real(fd, length);                \
    BEGIN;                                                       \
    if (fails('t')) END(-1);                                     \
    int result = real(fd, length);                               \
    if (!result) note("", 0, "t %d %ld 0\n", fd, (long)length);  \
    END(result);                                                 \
  }
FTRUNCATE(ftruncate, off_t)
FTRUNCATE(ftruncate64, off64_t)

#define SYNC(name)                                \
  int name(int fd) {                              \
    REAL(int, name, int);                         \
    if (!is_watched(fd)) return real(fd);         \
    BEGIN;                                        \
    if (fails('s')) END(-1);                      \
    int result = real(fd);                        \
    if (!result) note("", 0, "s %d 0\n", fd);     \
    END(result);                                  \
  }
SYNC(fsync)
SYNC(fdatasync)

int mkdir(const char *path, mode_t mode) {
  REAL(int, mkdir, const char *, mode_t);
  if (!is_below(path)) return real(path, mode);
  BEGIN;
  int result = real(path, mode);
  if (!result) note(path, strlen(path), "m %zu\n", strlen(path));
  END(result);
}

int unlink(const char *path) {
  REAL(int, unlink, const char *);
  if (!is_below(path)) return real(path);
  BEGIN;
  if (fails('u')) END(-1);
  int result = real(path);
  if (!result) note(path, strlen(path), "u %zu\n", strlen(path));
  END(result);
}

// Two paths of a line end with a NUL in between.
static void note_two(char kind, const char *from, const char *to) {
  size_t one = strlen(from) + 1, two = strlen(to);
  char *both = malloc(one + two);
  memcpy(both, from, one);
  memcpy(both + one, to, two);
  note(both, one + two, "%c %zu\n", kind, one + two);
  free(both);
}

int link(const char *from, const char *to) {
  REAL(int, link, const char *, const char *);
  if (!is_below(to)) return real(from, to);
  BEGIN;
  if (fails('l')) END(-1);
  int result = real(from, to);
  if (!result) note_two('l', from, to);
  END(result);
}

int linkat(int at, const char *from, int to_at, const char *to, int flags) {
  REAL(int, linkat, int, const char *, int, const char *, int);
  if (!is_below(to)) return real(at, from, to_at, to, flags);
  BEGIN;
  if (fails('l')) END(-1);
  int result = real(at, from, to_at, to, flags);
  if (!result) note_two('l', from, to);
  END(result);
}

int rename(const char *from, const char *to) {
  REAL(int, rename, const char *, const char *);
  if (!is_below(to)) return real(from, to);
  BEGIN;
  if (fails('n')) END(-1);
  int result = real(from, to);
  if (!result) note_two('n', from, to);
  END(result);
}
