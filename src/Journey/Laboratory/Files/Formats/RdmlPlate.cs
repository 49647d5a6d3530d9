namespace Qipan.Laboratory.Files;

/// <summary>One target of one reaction, as it stands in the file.</summary>
sealed record RdmlReaction(int Experiment, string Run, string Id, int? Rows, int? Columns)
{
    public string Sample { get; init; } = "";

    public string Target { get; init; } = "";

    public string? Cq { get; init; }

    /// <summary>Points of the amplification curve; 0 where the file has none.</summary>
    public int Cycles { get; init; }

    public bool Excluded { get; init; }

    public string? Note { get; init; }
}

/// <summary>The runs that are one plate: of one experiment, with the same samples in the same wells and no target twice.</summary>
sealed class RdmlPlate
{
    readonly Dictionary<string, string> samples = new(StringComparer.Ordinal);
    readonly HashSet<(string Id, string Target)> targets = [];
    RdmlReaction? first;

    public bool Takes(List<RdmlReaction> run) =>
        first is not null && run.TrueForAll(reaction =>
            reaction.Experiment == first.Experiment && reaction.Columns == first.Columns
            && (!samples.TryGetValue(reaction.Id, out var sample) || sample == reaction.Sample)
            && !targets.Contains((reaction.Id, reaction.Target)));

    public void Add(List<RdmlReaction> run)
    {
        foreach (var reaction in run)
        {
            first ??= reaction;
            samples.TryAdd(reaction.Id, reaction.Sample);
            targets.Add((reaction.Id, reaction.Target));
        }
    }
}
