using System.Text;
using Qipan.Drill.Actors;
using Qipan.Laboratory.Files;
using Xunit;

namespace Qipan.Unit.Drill;

public sealed class PcrInstrumentTests
{
    [Fact]
    public void The_export_reads_as_a_real_instruments_file()
    {
        var wells = Enumerable.Range(0, 96).Select(i => new FilledWell(
            $"{(char)('A' + (i / 12))}{(i % 12) + 1}", i < 95 ? $"T{i + 1:D3}" : "NTC", i < 95 ? "UNKNOWN" : "NTC", i == 6 ? 28 : null, i < 95)).ToList();
        var text = new PcrInstrument(new Random(1)).Export("P1", new DateTimeOffset(2022, 3, 21, 14, 0, 0, TimeSpan.FromHours(8)), wells);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var file = ResultFileReader.Read(stream, "P1.txt", new ReadLimits(), null).Value;
        Assert.Empty(file.Problems);
        Assert.Equal(96 * 3, file.Wells.Count);
        Assert.All(file.Wells.Where(w => w.Sample == "T007" && w.Target != "IC"), w => Assert.InRange(w.Ct!.Value, 27.5, 28.5));
        Assert.All(file.Wells.Where(w => w.Sample == "NTC"), w => Assert.Null(w.Ct));
    }
}
