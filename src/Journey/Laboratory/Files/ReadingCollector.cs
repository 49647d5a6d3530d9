using System.Globalization;

namespace Qipan.Laboratory.Files;

/// <summary>
/// Gathers the readings of one file and what was refused. A well and target that stand twice with different values, and a well
/// with two sample names, are refused as a whole: nobody can say which one is right. Not thread-safe.
/// </summary>
sealed class ReadingCollector(ReadLimits limits, string? sheet = null)
{
    readonly List<(ResultWell? Well, string Where)> wells = [];
    readonly Dictionary<(string? Run, string Well, string Target, string? Dye), int> seen = [];
    readonly Dictionary<(string? Run, string Well), string> samples = [];
    readonly HashSet<(string? Run, string Well, string Target, string? Dye)> contradicted = [];
    readonly HashSet<(string? Run, string Well)> sampleClash = [];
    readonly List<FileProblem> problems = [];
    readonly HashSet<string> toldOnce = new(StringComparer.Ordinal);
    int refused;
    int unlisted;
    int blankSamples;

    public string Place(int line, string? run = null) =>
        sheet is not null ? string.Create(CultureInfo.InvariantCulture, $"sheet {sheet}, row {line}")
        : run is not null ? string.Create(CultureInfo.InvariantCulture, $"{run}, reaction {line}")
        : string.Create(CultureInfo.InvariantCulture, $"line {line}");

    public void Add(ResultWell well, string where)
    {
        if (wells.Count >= limits.MaxReadings)
            throw new UnreadableFileException(FileRefusals.TooManyReadings(limits.MaxReadings));
        if (Damaged(well.Sample) || Damaged(well.Target) || Damaged(well.Task))
        {
            Refuse(where, FileProblems.TextDamaged, well.Well, well.Run);
            return;
        }
        var key = (well.Run, well.Well, well.Target, well.Dye);
        if (!seen.TryAdd(key, wells.Count))
        {
            var first = wells[seen[key]].Well;
            if (first is not null && first with { Line = well.Line, Remark = well.Remark } == well)
            {
                Refuse(where, FileProblems.WellDuplicate);
                return;
            }
            contradicted.Add(key);
        }
        if (!samples.TryAdd((well.Run, well.Well), well.Sample) && samples[(well.Run, well.Well)] != well.Sample)
            sampleClash.Add((well.Run, well.Well));
        wells.Add((well, where));
        if (well.Omitted)
            Flag(where, FileProblems.Omitted, well.Well, well.Run);
        else if (well.Reading == CtReading.Blank)
            Flag(where, FileProblems.CtBlank, well.Well, well.Run);
        if (well.Sample.Length == 0 && well.Role == WellRole.Sample)
            blankSamples++;
    }

    public void Refuse(string where, (string Code, string Sentence, string Chinese) what, string? well = null, string? run = null)
    {
        refused++;
        List(where, what, isRefused: true, well, run);
    }

    public void Flag(string where, (string Code, string Sentence, string Chinese) what, string? well = null, string? run = null) =>
        List(where, what, isRefused: false, well, run);

    /// <summary>Flags what holds for the whole file, once.</summary>
    public void FlagOnce((string Code, string Sentence, string Chinese) what)
    {
        if (toldOnce.Add(what.Code))
            Flag("file", what);
    }

    /// <summary>The accepted readings, after whatever contradicts itself was refused.</summary>
    public (IReadOnlyList<ResultWell> Wells, IReadOnlyList<FileProblem> Problems, int Refused) Finish()
    {
        for (var i = 0; i < wells.Count; i++)
        {
            var (well, where) = (wells[i].Well!, wells[i].Where);
            var clash = sampleClash.Contains((well.Run, well.Well));
            if (!clash && !contradicted.Contains((well.Run, well.Well, well.Target, well.Dye)))
                continue;
            wells[i] = (null, where);
            Refuse(where, clash ? FileProblems.SampleContradiction : FileProblems.WellContradiction, well.Well, well.Run);
        }
        if (blankSamples > 0)
            FlagOnce(FileProblems.SampleBlank);
        if (unlisted > 0)
        {
            problems.Add(new FileProblem(
                "file", "more_problems", $"{unlisted:N0} more problems are not listed.", $"另有 {unlisted:N0} 个问题未列出。")
            {
                Refused = false,
            });
        }
        return ([.. wells.Select(pair => pair.Well).OfType<ResultWell>()], problems, refused);
    }

    void List(string where, (string Code, string Sentence, string Chinese) what, bool isRefused, string? well, string? run)
    {
        // A refused well must stay known to the call rule, so refusals of wells are listed beyond the limit up to the readings' own.
        if (problems.Count >= limits.MaxProblems && !(isRefused && well is not null && problems.Count < limits.MaxReadings))
            unlisted++;
        else
            problems.Add(new FileProblem(where, what.Code, what.Sentence, what.Chinese) { Refused = isRefused, Well = well, Run = run });
    }

    static bool Damaged(string text)
    {
        foreach (var c in text)
        {
            if (c == '\uFFFD' || char.IsControl(c) && c is not ('\t' or '\n' or '\r'))
                return true;
        }
        return false;
    }
}
