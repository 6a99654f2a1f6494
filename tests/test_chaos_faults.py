"""Which fault meets which request: by the seed alone, each kind in its turn."""

from collections import Counter

from dev.chaos_faults import OTHERS, SAVES, Fault, Lot
from dev.chaos_waves import people, waves

MANY = range(1, 4000)


def test_same_seed_same_faults() -> None:
    first, again, other = Lot(7, 2, "bot A"), Lot(7, 2, "bot A"), Lot(7, 2, "bot B")
    fates = [first.fate(number, save=True) for number in MANY]
    assert fates == [again.fate(number, save=True) for number in MANY]
    assert fates != [other.fate(number, save=True) for number in MANY]


def test_every_fault_comes_as_often_as_it_should() -> None:
    for weights, save in ((SAVES, True), (OTHERS, False)):
        met = Counter(Lot(1, 1, "bot A").fate(number, save=save).fault for number in MANY)
        assert {fault for fault in met if fault} == set(weights)
        assert all(met[fault] < 2.5 * weight * len(MANY) / 1000 for fault, weight in weights.items())
    assert SAVES.keys() | OTHERS.keys() | {Fault.REFUSED} == set(Fault)


def test_no_port_is_closed_for_a_kind_of_request_only() -> None:
    lot = Lot(1, 1, "bot A")
    closed = [number for number in MANY if lot.fate(number, save=True).then_refused]
    assert closed == [number for number in MANY if lot.fate(number, save=False).then_refused]
    assert 10 < len(closed) < 100


def test_waves_make_exactly_the_deliveries_that_are_asked_for() -> None:
    among = people(5, 200)
    made = [one for wave in waves(5, 700, among) for one in wave.deliveries]
    assert len(made) == len({one.key for one in made}) == 700
    assert list(waves(5, 700, among)) == list(waves(5, 700, among))
    for wave in waves(5, 700, among):
        told = Counter(one.recipient for one in wave.deliveries)
        assert all(times <= (6 if one.refusable == "limit of" else 3) for one, times in told.items())
