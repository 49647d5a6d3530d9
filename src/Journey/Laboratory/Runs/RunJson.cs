using System.Text.Json;
using Qipan.Kernel;
using Qipan.Laboratory.Files;

namespace Qipan.Laboratory;

/// <summary>A run as a laboratory's own system sends it.</summary>
/// <param name="Plate">The plate's name or barcode.</param>
/// <param name="Instrument">Model; with <paramref name="Serial"/>, whether one instrument ran twice at a time can be seen.</param>
/// <param name="StartedAt">Of the amplification.</param>
/// <param name="EndedAt">Of the amplification.</param>
sealed record RunJson(
    string? Plate, string? Instrument, string? Serial, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, IReadOnlyList<RunJsonWell> Wells)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    internal static Outcome<RunSheet> Read(ReadOnlySpan<byte> bytes)
    {
        RunJson? run;
        try
        {
            run = JsonSerializer.Deserialize<RunJson>(bytes, Json);
        }
        catch (JsonException broken)
        {
            return RunRefusals.JsonInvalid(broken.Path ?? "$");
        }
        if (run?.Wells is null)
            return RunRefusals.JsonInvalid("$.wells");
        var wells = new List<ResultWell>(run.Wells.Count);
        var problems = new List<FileProblem>();
        var seen = new HashSet<(string, string)>();
        for (var i = 0; i < run.Wells.Count; i++)
            Add(run.Wells[i], i + 1, wells, problems, seen);
        return new RunSheet(run.Plate?.Trim() ?? "", run.Instrument, run.Serial, run.StartedAt?.ToUniversalTime(), run.EndedAt?.ToUniversalTime(), wells, problems);
    }

    static void Add(RunJsonWell? well, int line, List<ResultWell> wells, List<FileProblem> problems, HashSet<(string, string)> seen)
    {
        var place = $"item {line}";
        if (well?.Well is null || !WellName.TryRead(well.Well, null, out var name, out _))
            problems.Add(new FileProblem(place, "well_unknown", "The item names no well of a plate (A1 to P24).", "该项没有有效的孔位（A1 至 P24）。") { Refused = true });
        else if (well.Ct is { } ct && !(ct > 0 && ct <= ReadLimits.Default.MaxCt))
            problems.Add(new FileProblem(place, "ct_not_possible", "The Ct is no number of cycles that a run has.", "Ct 不是可能的循环数。") { Refused = true, Well = name });
        else if (!seen.Add((name, well.Target ?? "")))
            problems.Add(new FileProblem(place, "well_duplicate", "The same well and target stand there twice; the first is kept.", "同一孔位与靶标出现两次；保留第一条。") { Refused = true, Well = name });
        else
            wells.Add(new ResultWell(name, well.Sample?.Trim() ?? "", well.Target?.Trim() ?? "", well.Task ?? "UNKNOWN", well.Ct, line)
            {
                Role = Roles.Of(well.Task ?? "UNKNOWN"),
                Reading = well.Ct is null ? CtReading.Undetermined : CtReading.Determined,
            });
    }
}

/// <param name="Ct">Null: the instrument determined none.</param>
sealed record RunJsonWell(string? Well, string? Sample, string? Target, string? Task, double? Ct);
