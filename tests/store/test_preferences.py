"""What a person set for themselves is kept, replaced, theirs alone, and erased with the rest."""

ME, ANNA = "local", "https://login.example|anna"


def test_nothing_is_set_at_first(store):
    assert store.preferences(ME) == {}


def test_a_preference_is_kept_and_replaced(store):
    store.set_preference(ME, "country", "GB")
    store.set_preference(ME, "country", "DE")

    assert store.preferences(ME) == {"country": "DE"}


def test_a_preference_is_the_persons_own(store):
    store.set_preference(ANNA, "country", "DE")

    assert store.preferences(ME) == {}


def test_erasing_a_record_erases_what_was_set(store):
    store.set_preference(ME, "country", "GB")
    store.set_preference(ANNA, "country", "DE")

    store.erase(ME)

    assert store.preferences(ME) == {}
    assert store.preferences(ANNA) == {"country": "DE"}
