using Qipan.Laboratory.Files;

namespace Qipan.Laboratory;

/// <summary>One plate of one file, as it is loaded: an instrument's file, or JSON from a laboratory's own system.</summary>
/// <param name="Plate">The plate or run inside the file; empty where the file names none.</param>
/// <param name="Serial">The instrument's serial number, where the file has one.</param>
/// <param name="Wells">The readings, one per well and target.</param>
/// <param name="Problems">What the reader refused or flagged on this plate.</param>
sealed record RunSheet(
    string Plate, string? Instrument, string? Serial, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, IReadOnlyList<ResultWell> Wells, IReadOnlyList<FileProblem> Problems)
{
    /// <summary>The plates of a file. Problems that name no plate go to the first.</summary>
    public static IReadOnlyList<RunSheet> Of(ResultFile file)
    {
        var instrument = string.Join(' ', new[] { file.Instrument, file.InstrumentSerial }.Where(part => !string.IsNullOrEmpty(part)));
        return [.. file.Wells.GroupBy(w => w.Run).Select((plate, i) => new RunSheet(
            plate.Key ?? file.PlateName ?? "",
            instrument.Length == 0 ? null : instrument,
            file.InstrumentSerial,
            file.RunStartedAt,
            file.RunEndedAt,
            [.. plate],
            [.. file.Problems.Where(p => p.Run == plate.Key || p.Run is null && i == 0)]))];
    }
}
