"""Finding people on the command line: by an old handle, an @, a link, another case of letters."""

from __future__ import annotations

import pytest

from tests.cli.conftest import COMPLETE, Casebook

TYPED = ("@Maple.Heron", "ＭＡＰＬＥ.heron", "https://www.facebook.com/maple.heron")


@pytest.mark.parametrize("typed", TYPED)
def test_an_old_handle_is_read_by_and_not_written_by(
    maple: str, casebook: Casebook, typed: str
) -> None:
    assert casebook("change-handle", maple, "--handle", "maple.egret").code == 0
    for words in (("show",), ("audit",), ("appeals",)):
        assert casebook(*words, f"Facebook/{typed}").code == 0
    assert f"Case {maple}, facebook/maple.egret" in casebook("show", f"facebook/{typed}").out
    assert [c["case"] for c in casebook("cases", "--text", typed, "--json").json] == [maple]
    refused = casebook("note", f"facebook/{typed}", "--text", "seen")
    assert refused.code == 3
    assert maple in refused.out
    assert "account.new_account" in refused.out
    assert casebook("note", maple, "--text", "seen").code == 0
    new = casebook("flag", f"facebook/{typed}", *COMPLETE, "--account.new-account", "--json").json
    assert new["outcome"] == "accepted"
    assert new["case"] != maple
    assert f"Case {new['case']}" in casebook("show", f"facebook/{typed}").out


def test_twitter_is_read_as_x(register: object, casebook: Casebook) -> None:
    case = casebook("flag", "twitter/MapleHeron", *COMPLETE, "--json").json["case"]
    assert f"Case {case}, x/" in casebook("show", "X/@mapleheron").out
    assert f"Case {case}, x/" in casebook("show", "twitter/mapleheron").out
