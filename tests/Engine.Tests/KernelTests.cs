using FsCheck;
using FsCheck.Fluent;
using Qipan.Engine.Bytes;
using Qipan.Engine.Kernels;
using Qipan.Engine.Segments;
using Xunit;

namespace Qipan.Engine.Tests;

/// <summary>Every fast kernel gives what its plain twin gives.</summary>
public unsafe class KernelTests
{
    static readonly Gen<int> Bounds = Gen.OneOf(
        Gen.Choose(-70000, 140000), Gen.Choose(-3, 3), Gen.Choose(65532, 65538), Gen.Choose(131067, 131073));

    static readonly Gen<ushort> Values = Gen.OneOf(Gen.Choose(0, 65535), Gen.Choose(0, 3), Gen.Choose(65532, 65535)).Select(v => (ushort)v);

    [Fact]
    public void The_vector_overlap_finds_what_the_plain_one_finds()
    {
        var cases =
            from n in Gen.Choose(0, 256)
            from enters in Gen.ArrayOf(Values, n)
            from lengths in Gen.ArrayOf(Values, n)
            from latest in Bounds
            from earliest in Bounds
            from shortest in Bounds.Where(b => b >= 0)
            select (enters, lengths, latest, earliest, shortest);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Arb.From(cases), c =>
        {
            var plain = new int[256];
            var fast = new int[256];
            fixed (ushort* enter = c.enters)
            fixed (ushort* length = c.lengths)
            fixed (int* a = plain)
            fixed (int* b = fast)
            {
                // Overlap.Find answers these bounds itself; its kernels are never asked.
                if (c.latest < 0 || c.shortest > ushort.MaxValue || c.earliest > 2 * ushort.MaxValue)
                    return Overlap.Find(enter, length, c.enters.Length, c.latest, c.earliest, c.shortest, 7, b)
                        == Overlap.Scalar(enter, length, c.enters.Length, c.latest, c.earliest, c.shortest, 7, a);
                var expected = Overlap.Scalar(enter, length, c.enters.Length, c.latest, c.earliest, c.shortest, 7, a);
                var found = Overlap.Vector(enter, length, c.enters.Length, c.latest, c.earliest, c.shortest, 7, b);
                var counted = Overlap.VectorCount(enter, length, c.enters.Length, c.latest, c.earliest, c.shortest);
                var plainCount = Overlap.ScalarCount(enter, length, c.enters.Length, c.latest, c.earliest, c.shortest);
                return found == expected && counted == expected && plainCount == expected
                    && plain.AsSpan(0, expected).SequenceEqual(fast.AsSpan(0, found));
            }
        }));
    }

    [Fact]
    public void The_checksum_is_the_same_on_both_paths_and_matches_the_rfc()
    {
        Assert.Equal(0x8A9136AAu, Crc32C.Plain(new byte[32], 0));
        Assert.Equal(0xE3069283u, Crc32C.Plain("123456789"u8, 0));
        var random = new Random(7);
        for (var length = 0; length < 300; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            Assert.Equal(Crc32C.Plain(bytes, 0), Crc32C.Of(bytes));
            Assert.Equal(Crc32C.Plain(bytes, 0), Crc32C.Of(bytes.AsSpan(length / 3), Crc32C.Of(bytes.AsSpan(0, length / 3))));
        }
    }

    [Fact]
    public void Bits_of_any_width_are_read_as_they_were_written()
    {
        var random = new Random(11);
        for (var width = 1; width <= BitRows.WidestValue; width++)
        {
            var values = Enumerable.Range(0, 50).Select(_ => (ulong)random.NextInt64() & ((1UL << width) - 1)).ToArray();
            var bytes = new byte[BitRows.BytesFor(50, width) + 2 * BitRows.Slack];
            fixed (byte* start = bytes)
            {
                for (var i = 0; i < 50; i++)
                    BitRows.Write(start, (long)i * width, values[i]);
                for (var i = 0; i < 50; i++)
                    Assert.Equal(values[i], BitRows.Read(start, (long)i * width, width));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    [InlineData(70000)]
    public void Sorting_keeps_every_row_and_orders_them(int count)
    {
        var random = new Random(count);
        using var rows = new NativeBlock<ShortStay>(count);
        using var spare = new NativeBlock<ShortStay>(count);
        for (var i = 0; i < count; i++)
            rows.Start[i] = ShortStay.Of((uint)random.Next(200000), (uint)random.Next(3000), random.Next(86400), random.Next(65536), 0, LeaveKind.Explicit);
        var before = new ReadOnlySpan<ShortStay>(rows.Start, count).ToArray();
        var byVisitor = new ReadOnlySpan<ShortStay>(RadixSort.ByVisitor(rows.Start, spare.Start, count, 199999), count).ToArray();
        Assert.Equal(before.OrderBy(r => r.Visitor).ThenBy(r => r.Enter), byVisitor);
        before.CopyTo(new Span<ShortStay>(rows.Start, count));
        var byPlace = new ReadOnlySpan<ShortStay>(RadixSort.ByPlace(rows.Start, spare.Start, count, 2999), count).ToArray();
        Assert.Equal(before.OrderBy(r => r.Place).ThenBy(r => r.Enter), byPlace);
    }
}
