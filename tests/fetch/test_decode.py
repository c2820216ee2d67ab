import gzip
import io
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.fetch.decode import PIECE, Body, DecodingError
from harvester.fetch.limits import KIB, MIB, Limits

SMALL = Limits(wire=MIB, decoded=8 * MIB, ratio=200, ratio_from=2 * MIB)
TEXT = b'<https://exempel.se/1> <http://purl.org/dc/terms/title> "Hej" .\n' * 400


def unpack(wire: bytes, *codings: str, step: int = 1000, limits: Limits = SMALL) -> bytes:
    """Decode ``wire`` that comes ``step`` bytes at a time."""
    return b"".join(Body(split(wire, step), codings, limits))


def split(wire: bytes, step: int) -> Iterator[bytes]:
    """Cut ``wire`` into pieces of ``step`` bytes."""
    return (wire[i : i + step] for i in range(0, len(wire), step))


def failure(wire: bytes, *codings: str, limits: Limits = SMALL) -> str:
    """The event that decoding ``wire`` ends in."""
    with pytest.raises(DecodingError) as caught:
        unpack(wire, *codings, limits=limits)
    return caught.value.event


def raw_deflate(data: bytes) -> bytes:
    """Deflate without the zlib wrapper, as some servers send it."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def bomb(size: int) -> bytes:
    """``size`` zero bytes, packed."""
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb") as file:
        for _ in range(size // MIB):
            file.write(bytes(MIB))
    return buffer.getvalue()


@given(st.binary(max_size=3000), st.integers(1, 50), st.sampled_from(["gzip", "deflate", "raw"]))
def test_what_was_packed_comes_out_again_however_it_is_cut(
    data: bytes, step: int, coding: str
) -> None:
    """Decoding does not depend on where the network cuts the bytes."""
    data = b"." + data  # what starts like a gzip file or an archive is another case
    pack = {"gzip": gzip.compress, "deflate": zlib.compress, "raw": raw_deflate}[coding]
    assert unpack(pack(data), "gzip" if coding == "gzip" else "deflate", step=step) == data


@given(st.binary(min_size=20, max_size=400), st.integers(1, 10))
def test_any_bytes_decode_or_are_a_decoding_error(data: bytes, step: int) -> None:
    """No other exception leaves the decoders."""
    for coding in ("gzip", "deflate"):
        try:
            unpack(data, coding, step=step)
        except DecodingError:
            continue


@pytest.mark.case("S1")
def test_a_gzip_bomb_ends_at_the_decoded_limit() -> None:
    """S1: 96 MiB in 96 kB stop at the limit; pieces stay at 1 MiB, memory stays flat."""
    wire = bomb(96 * MIB)
    limits = Limits(decoded=64 * MIB, ratio=10_000)
    tracemalloc.start()
    body = Body(split(wire, 64 * KIB), ("gzip",), limits)
    sizes: list[int] = []
    with pytest.raises(DecodingError) as caught:
        sizes.extend(len(piece) for piece in body)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.event == "too-large-decoded"
    assert max(sizes) == PIECE
    assert sum(sizes) <= limits.decoded
    assert peak < 8 * MIB


@pytest.mark.case("S1")
def test_a_body_that_grows_too_much_is_refused_before_the_size_limit() -> None:
    """S1: 1000:1 is no catalog; the default limits stop at 8 MiB of it."""
    body = Body(split(bomb(64 * MIB), 64 * KIB), ("gzip",), Limits())
    with pytest.raises(DecodingError) as caught:
        list(map(len, body))
    assert caught.value.event == "ratio"
    assert body.size < 40 * MIB


def test_a_small_body_may_be_very_repetitive() -> None:
    """The ratio is not judged below its threshold."""
    assert unpack(bomb(MIB), "gzip") == bytes(MIB)


def test_a_body_just_under_the_limits_is_read_and_just_over_is_not() -> None:
    """The decoded limit is exact."""
    limits = Limits(decoded=1000, wire=2000)
    assert len(unpack(gzip.compress(b"a" * 1000), "gzip", limits=limits)) == 1000
    assert failure(gzip.compress(b"a" * 1001), "gzip", limits=limits) == "too-large-decoded"
    limits = Limits(wire=1000)
    assert len(unpack(b"a" * 1000, limits=limits)) == 1000
    assert failure(b"a" * 1001, limits=limits) == "too-large-wire"


@pytest.mark.case("S2")
@pytest.mark.case("S3")
@pytest.mark.case("S10")
@pytest.mark.case("S12")
@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "xyz"])
def test_a_coding_that_was_not_asked_for_is_refused(coding: str) -> None:
    """S2, S3, S10, S12: brotli, zstd and unknown codings are never unpacked."""
    assert failure(b"whatever", coding) == "encoding"


@pytest.mark.case("S4")
def test_stacked_codings_are_refused() -> None:
    """S4: three layers of 234 bytes, and sixty, are refused before any is unpacked."""
    wire = gzip.compress(gzip.compress(gzip.compress(bytes(MIB))))
    assert failure(wire, "gzip", "gzip", "gzip") == "encoding-stack"
    assert failure(wire, *["gzip"] * 60) == "encoding-stack"


@pytest.mark.case("S4")
def test_a_gzip_file_inside_a_gzip_coding_is_a_stack() -> None:
    """S4: a second layer that no header names is not unpacked either."""
    assert failure(gzip.compress(gzip.compress(TEXT)), "gzip") == "encoding-stack"


@pytest.mark.case("S6")
def test_a_gzip_file_without_content_encoding_takes_the_same_bounded_path() -> None:
    """S6: ``catalog.rdf.gz`` is read, and a bomb in that form is refused."""
    for step in (1, 3, 1000):
        assert unpack(gzip.compress(TEXT), step=step) == TEXT
    assert failure(bomb(32 * MIB)) in ("ratio", "too-large-decoded")
    assert failure(gzip.compress(TEXT)[:-1]) == "truncated"


@pytest.mark.case("S6")
def test_an_archive_is_refused() -> None:
    """S6: a zip is refused by name, also inside a gzip coding."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("catalog.rdf", TEXT)
    assert failure(buffer.getvalue()) == "archive"
    assert failure(gzip.compress(buffer.getvalue()), "gzip") == "archive"


@pytest.mark.case("S7")
@pytest.mark.case("S8")
@pytest.mark.parametrize("missing", [1, 4, 8, 9, 50])
@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_cut_body_is_truncated(coding: str, missing: int) -> None:
    """S7, S8: without its end marker and trailer, a packed body is not whole."""
    pack = gzip.compress if coding == "gzip" else zlib.compress
    assert failure(pack(TEXT)[:-missing], coding) == "truncated"


@pytest.mark.case("S9")
def test_every_member_of_a_gzip_body_is_read() -> None:
    """S9: members are one body, and zero bytes after the last one are padding."""
    wire = gzip.compress(b"one ") + gzip.compress(b"") + gzip.compress(b"two") + bytes(512)
    for step in (1, 7, 4096):
        assert unpack(wire, "gzip", step=step) == b"one two"


@pytest.mark.case("S9")
def test_a_second_member_that_is_cut_is_truncated() -> None:
    """S9: the first member being whole does not make the body whole."""
    wire = gzip.compress(b"one ") + gzip.compress(b"two")
    assert failure(wire[:-3], "gzip") == "truncated"


def test_endless_empty_members_are_refused() -> None:
    """A body of empty gzip members costs time without ever growing."""
    wire = gzip.compress(b"") * 100_001
    assert failure(wire, "gzip", limits=Limits()) == "encoding"


@pytest.mark.case("S11")
def test_damaged_data_is_refused() -> None:
    """S11: a wrong CRC, a wrong length, no gzip at all, rubbish after the end."""
    wire = gzip.compress(TEXT)
    wrong_crc = wire[:-8] + bytes([wire[-8] ^ 1]) + wire[-7:]
    wrong_length = wire[:-1] + bytes([wire[-1] ^ 1])
    assert failure(wrong_crc, "gzip") == "encoding"
    assert failure(wrong_length, "gzip") == "encoding"
    assert failure(b"<rdf:RDF/>", "gzip") == "encoding"
    assert failure(wire + b"rubbish", "gzip") == "encoding"
    assert failure(zlib.compress(TEXT) + b"rubbish", "deflate") == "encoding"


def test_packed_data_prove_their_own_end_and_plain_data_do_not() -> None:
    """The guards need to know which bodies could have been cut unnoticed."""
    for wire, coding, proven in (
        (gzip.compress(TEXT), ("gzip",), True),
        (gzip.compress(TEXT), (), True),
        (TEXT, (), False),
        (b"", ("gzip",), False),
    ):
        body = Body([wire] if wire else [], coding, SMALL)
        b"".join(body)
        assert body.end_proven is proven
