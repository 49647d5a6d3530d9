using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using FsCheck;
using FsCheck.Fluent;
using Qipan.Laboratory.Files;
using Xunit;

namespace Qipan.Unit.Laboratory.Files;

/// <summary>Random damage to real files, and the delimited reader against another one.</summary>
public sealed class FuzzTests
{
    const long MemoryBound = 256 << 20;

    // More for a night: QIPAN_FUZZ_TESTS=5000.
    static readonly int Tests = int.TryParse(Environment.GetEnvironmentVariable("QIPAN_FUZZ_TESTS"), out var tests) ? tests : 40;

    public static TheoryData<string> All { get; } =
        [.. RealFilesTests.WithIndependentParse.Select(row => row.Data), "rdml/BioRad_qPCR_melt.rdml", "rdml/lc96_bACTXY.rdml"];

    [Theory]
    [MemberData(nameof(All))]
    public void A_damaged_file_ends_in_a_value_or_a_refusal_and_in_bounded_memory(string name)
    {
        var whole = File.ReadAllBytes(RealFiles.Path(name));
        var sound = RealFiles.Read(name).Wells;
        var packed = whole.AsSpan().StartsWith("PK"u8);
        var damages = from flips in Gen.Choose(0, 12)
                      from at in Gen.Choose(0, whole.Length - 1).ListOf(flips)
                      from masks in Gen.Choose(1, 255).ListOf(flips)
                      from cut in Gen.Frequency((1, Gen.Constant(whole.Length)), (1, Gen.Choose(0, whole.Length)))
                      select (At: at.ToArray(), Masks: masks.ToArray(), Cut: cut);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Tests),
            Prop.ForAll(damages.ToArbitrary(), damage =>
            {
                var bytes = whole[..damage.Cut];
                for (var i = 0; i < damage.At.Length; i++)
                {
                    if (damage.At[i] < bytes.Length)
                        bytes[damage.At[i]] ^= (byte)damage.Masks[i];
                }
                var before = GC.GetAllocatedBytesForCurrentThread();
                var read = MadeFiles.Read(bytes);
                var bounded = GC.GetAllocatedBytesForCurrentThread() - before < MemoryBound;
                // A packed file is either refused or says the same as before, because its parts have checksums.
                return bounded && (!packed || !read.Ok || read.Value.Wells.SequenceEqual(sound));
            }));
    }

    [Fact]
    public void Random_bytes_and_random_texts_of_a_result_file_never_throw()
    {
        var pieces = new[]
        {
            "[Results]", "\n", "\r\n", "\t", ",", "\"", "Well", "Well Position", "A1", "P24", "Undetermined", "30,5", "NaN",
                "* Block Type = 96", "UNKNOWN",
            MadeFiles.Header, MadeFiles.Row("A1", "T", "N", "30"), "<?xml version=\"1.0\"?>", "<rdml>", "\uFEFF", "\0",
                "Well,Fluor,Content,Sample,Cq", "混采", "PK\u0003\u0004",
        };
        var texts = Gen.Elements(pieces).ListOf().Select(list => string.Concat(list));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(texts.ToArbitrary(), text =>
        {
            _ = MadeFiles.Read(text);
            _ = MadeFiles.Read(Encoding.Unicode.GetBytes(text));
            return true;
        }));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            _ = MadeFiles.Read(bytes);
            _ = MadeFiles.Read([.. "PK\u0003\u0004"u8, .. bytes]);
            return true;
        }));
    }

    [Fact]
    public void Well_formed_delimited_text_is_read_as_CsvHelper_reads_it()
    {
        var cell = Gen.Elements("a", "", " b ", "x,y", "q\"q", "two\nlines", "\"", "混采", "=1+1", "r\r\nn").Or(
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => s.Get));
        var tables = cell.ListOf(3).NonEmptyListOf();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(tables.ToArbitrary(), table =>
        {
            using var written = new StringWriter();
            using (var csv = new CsvWriter(
                written, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n", ShouldQuote = _ => true }))
            {
                foreach (var row in table)
                {
                    foreach (var text in row)
                        csv.WriteField(text);
                    csv.NextRecord();
                }
            }
            using var parser = new CsvParser(
                new StringReader(written.ToString()), new CsvConfiguration(CultureInfo.InvariantCulture) { IgnoreBlankLines = false });
            var theirs = new List<string[]>();
            while (parser.Read())
                theirs.Add(parser.Record!);
            var ours = new DelimitedReader(new StringReader(written.ToString()), ',', ReadLimits.Default).Rows()
                .Select(row => row.Cells.Select(c => c.Text).ToArray()).ToList();
            return ours.Count == theirs.Count && ours.Zip(theirs).All(pair => pair.First.SequenceEqual(pair.Second));
        }));
    }
}
