namespace Qipan.Laboratory.Files;

/// <summary>
/// The instrument prints the mean Ct of each sample's replicates beside every one of them. Where the mean of the rows in the file
/// is another, rows are missing: a cut-off file shows itself, although each of its rows is in order (INV-49).
/// </summary>
sealed class Replicates
{
    // Text exports print three decimals: two rounded numbers differ by at most this much.
    const double Rounding = 0.0015;
    readonly Dictionary<(string Sample, string Target, string Task), Group> groups = [];

    public void Add(string sample, string target, string task, double? ct, double? mean, string where, string well)
    {
        if (sample.Length == 0 || ct is null || mean is null)
            return;
        if (!groups.TryGetValue((sample, target, task), out var group))
            groups[(sample, target, task)] = group = new Group(mean.Value, where, well);
        group.Sum += ct.Value;
        group.Count++;
        // Replicates of one name that are printed with several means belong to several groups that the file does not name.
        group.OneMean &= Math.Abs(group.Mean - mean.Value) < Rounding;
    }

    public IEnumerable<(string Where, string Well)> NotTheMean() =>
        from g in groups.Values
        where g.OneMean && Math.Abs(g.Sum / g.Count - g.Mean) > Rounding
        select (g.Where, g.Well);

    sealed class Group(double mean, string where, string well)
    {
        public double Mean => mean;

        public string Where => where;

        public string Well => well;

        public double Sum { get; set; }

        public int Count { get; set; }

        public bool OneMean { get; set; } = true;
    }
}
