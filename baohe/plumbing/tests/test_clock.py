"""The movable clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import override_settings

from baohe.kernel.errors import NotFound
from baohe.plumbing import clock, files


def test_travel_moves_this_process_only_inside_the_block():
    there = datetime(2030, 2, 28, 16, 30, tzinfo=UTC)
    with clock.travel(there):
        assert there <= clock.now() < there + timedelta(minutes=1)
        assert clock.today() == date(2030, 3, 1)
    assert clock.now() < there


def test_a_moved_installation_stays_moved_for_every_process(tmp_path):
    with override_settings(BAOHE_DATA=tmp_path):
        clock.move(timedelta(days=15))
        assert clock.now() - datetime.now(UTC) > timedelta(days=14, hours=23)
        clock.move(timedelta())
        assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_ids_of_later_moments_sort_later():
    first = clock.new_id()
    with clock.travel(clock.now() + timedelta(seconds=1)):
        assert clock.new_id() > first


def test_ids_of_one_millisecond_keep_the_order_in_which_they_were_made():
    made = [clock.new_id() for _ in range(2000)]
    assert made == sorted(made)


def test_a_file_lies_whole_or_not_at_all_and_inside_its_folder(tmp_path):
    with override_settings(BAOHE_DATA=tmp_path):
        files.write("a/b.pdf", b"one")
        files.write("a/b.pdf", b"two")
        assert files.read("a/b.pdf") == b"two"
        assert [path.name for path in (tmp_path / "files" / "a").iterdir()] == ["b.pdf"]
        for outside in ("../keys/vault.json", "/etc/passwd", "a/../../keys"):
            with pytest.raises(NotFound):
                files.read(outside)
