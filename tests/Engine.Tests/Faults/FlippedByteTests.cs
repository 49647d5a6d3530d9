using Qipan.Engine.Files;
using Qipan.Engine.Segments;
using Xunit;

namespace Qipan.Engine.Tests;

/// <summary>A byte that is not what was written is found and named, and never changes an answer.</summary>
public class FlippedByteTests
{
    /// <summary>All bytes with QIPAN_ALL_FAULTS=true; otherwise each 97th, and the first 200 of each file.</summary>
    static int Stride => Environment.GetEnvironmentVariable("QIPAN_ALL_FAULTS") == "true" ? 1 : 97;

    [Fact]
    public void Any_flipped_byte_of_any_file_is_found_and_named()
    {
        using var folder = new TempFolder();
        var model = MakeStore(folder);
        foreach (var path in Directory.GetFiles(folder.Path).Where(f => !f.EndsWith("lock", StringComparison.Ordinal)))
        {
            var bytes = File.ReadAllBytes(path);
            for (var at = 0; at < bytes.Length; at += at < 200 ? 1 : Stride)
            {
                bytes[at] ^= (byte)(1 << (at % 8));
                File.WriteAllBytes(path, bytes);
                HoldsOrIsNamed(folder, model, path, at);
                bytes[at] ^= (byte)(1 << (at % 8));
            }
            File.WriteAllBytes(path, bytes);
        }
        using var store = folder.Open();
        store.Verify();
    }

    [Fact]
    public void A_cut_segment_is_found()
    {
        using var folder = new TempFolder();
        MakeStore(folder);
        var path = Directory.GetFiles(folder.Path, "*.seg")[0];
        using (var file = File.OpenWrite(path))
            file.SetLength(file.Length - 1);
        Assert.Throws<SegmentCorrupt>(() => VisitStore.OpenForReading(folder.Path));
    }

    [Fact]
    public void A_writer_that_flips_a_bit_is_caught()
    {
        using var folder = new TempFolder();
        var files = new FlippingFiles();
        var store = Script.Open(folder.Path, files);
        Script.Do(new Script(3).Steps[0], store);
        files.Broken = true;
        var caught = Assert.Throws<SegmentCorrupt>(() =>
        {
            store.Seal();
            store.Verify();
        });
        Assert.EndsWith(".seg", caught.Path);
        store.Dispose();
    }

    [Fact]
    public void A_writer_whose_two_orders_differ_is_caught_although_its_checksums_match()
    {
        using var folder = new TempFolder();
        MakeStore(folder);
        var path = Directory.GetFiles(folder.Path, "*.seg").OrderBy(f => f, StringComparer.Ordinal).First();
        var bytes = File.ReadAllBytes(path);
        var header = SegmentHeader.Read(bytes.AsSpan(0, 4096), path, bytes.Length);
        var lengths = (int)header.OffsetOf(SegmentFormat.Section.PlaceBlocks) + SegmentFormat.BlockHeader + 4;
        var count = BitConverter.ToInt32(bytes, lengths - 12);
        bytes[lengths + 2 * count] ^= 1;
        Reseal(bytes, header);
        File.WriteAllBytes(path, bytes);
        using var store = VisitStore.OpenForReading(folder.Path).Value;
        Assert.Contains("two orders", Assert.Throws<SegmentCorrupt>(() => store.Verify()).Message);
    }

    static NaiveModel MakeStore(TempFolder folder)
    {
        var script = new Script(42);
        var model = new NaiveModel();
        using var store = Script.Open(folder.Path, DiskFiles.Instance);
        foreach (var step in script.Steps.Take(7))
        {
            Script.Do(step, store);
            Script.Apply(step, model);
        }
        return model;
    }

    static void HoldsOrIsNamed(TempFolder folder, NaiveModel model, string path, int at)
    {
        try
        {
            using var store = VisitStore.OpenForReading(folder.Path).Value;
            using (var view = store.Read())
                Answers.HoldSame(model, view, $"{path} byte {at}");
            store.Visitors.Find("v1");
            store.Verify();
        }
        catch (SegmentCorrupt corrupt)
        {
            Assert.StartsWith(folder.Path, corrupt.Path);
            Assert.InRange(corrupt.Offset, 0, Math.Max(at, new FileInfo(corrupt.Path).Length));
            return;
        }
        Assert.Fail($"{path} byte {at} was flipped, and nobody saw it");
    }

    /// <summary>Gives changed pages their right checksums, as a wrong builder would.</summary>
    static void Reseal(byte[] bytes, SegmentHeader header)
    {
        var table = (int)header.OffsetOf(SegmentFormat.Section.Checksums);
        for (var page = 0; page < header.Pages; page++)
            BitConverter.TryWriteBytes(bytes.AsSpan(table + 4 * page), Bytes.Crc32C.Of(bytes.AsSpan(4096 * (page + 1), 4096)));
        BitConverter.TryWriteBytes(bytes.AsSpan(68), Bytes.Crc32C.Of(bytes.AsSpan(table)));
        BitConverter.TryWriteBytes(bytes.AsSpan(4092), Bytes.Crc32C.Of(bytes.AsSpan(0, 4092)));
    }

    sealed class FlippingFiles : WatchedFiles
    {
        public bool Broken { get; set; }

        protected override ReadOnlySpan<byte> Written(ReadOnlySpan<byte> bytes)
        {
            if (!Broken || bytes.Length < 2 * 4096)
                return bytes;
            var copy = bytes.ToArray();
            copy[4096 + 20] ^= 16;
            return copy;
        }
    }
}
