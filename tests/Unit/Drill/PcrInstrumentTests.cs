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
        var tubes = Enumerable.Range(1, PcrInstrument.TubesPerPlate).Select(i => ($"T{i:D3}", i == 7 ? 28.0 : (double?)null)).ToList();
        var text = new PcrInstrument(new Random(1)).Export("P1", new DateTimeOffset(2022, 3, 21, 6, 0, 0, TimeSpan.Zero), tubes);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var file = ResultFileReader.Read(stream, "P1.txt", new ReadLimits(), null).Value;
        Assert.Empty(file.Problems);
        Assert.Equal(96 * 3, file.Wells.Count);
        Assert.All(file.Wells.Where(w => w.Sample == "T007" && w.Target != "IC"), w => Assert.InRange(w.Ct!.Value, 27.5, 28.5));
        Assert.All(file.Wells.Where(w => w.Sample == "NTC"), w => Assert.Null(w.Ct));
    }
}
