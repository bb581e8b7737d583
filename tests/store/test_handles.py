import pytest

from domain.handles import normal_handle


@pytest.mark.parametrize(
    ("typed", "handle"),
    [
        ("maple.heron", "maple.heron"),
        ("  @Maple.Heron \n", "maple.heron"),
        ("\u200emaple.heron\u202c", "maple.heron"),
        ("\u200b@\u2060maple\ufeff", "maple"),
        ("ＭＡＰＬＥ", "maple"),
        ("STRASSE", "strasse"),
        ("straße", "strasse"),
        ("https://www.facebook.com/maple.heron?x=1", "maple.heron"),
        ("https://www.facebook.com/maple.heron/", "maple.heron"),
        ("http://m.facebook.com/maple.heron#top", "maple.heron"),
        ("facebook.com/Maple.Heron", "maple.heron"),
        ("www.instagram.com/maple_heron/reel/1", "maple_heron"),
        ("https://x.com/MapleHeron/status/17", "mapleheron"),
        ("https://www.youtube.com/@MapleHeron", "mapleheron"),
        ("https://m.facebook.com/profile.php?id=123", "123"),
        ("https://m.facebook.com/profile.php?sk=about&id=123", "123"),
        ("https://www.facebook.com/people/Maple-Heron/1000123/", "1000123"),
        ("https://nextdoor.co.uk/profile/01abcDEF/", "01abcdef"),
        ("HTTPS://X.COM/Maple", "maple"),
        ("maple.heron/", "maple.heron"),
        ("Maple Heron", "maple heron"),
        ("", ""),
        (" @ ", ""),
        ("\u200f", ""),
    ],
)
def test_one_spelling_however_it_was_typed(typed, handle):
    assert normal_handle(typed) == handle
    assert normal_handle(handle) == handle
