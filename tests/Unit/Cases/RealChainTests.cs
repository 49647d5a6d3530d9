using System.Globalization;
using Qipan.Cases;
using Xunit;

namespace Qipan.Unit.Cases;

/// <summary>Chains of real outbreaks: the figures are those that the files themselves give when they are counted another way.</summary>
public sealed class RealChainTests
{
    [Fact]
    public void MERS_in_Korea_2015_has_one_chain_of_94_and_three_who_infected_85_of_98()
    {
        var contacts = LineLists.Read("mers_korea_2015__contacts.csv");
        var (cases, links) = Graph(LineLists.Read("mers_korea_2015__linelist.csv"), "id", contacts, "from", "to", out var unknown);
        var chains = new Chains(cases.Count, links);
        Assert.Equal((162, 98, 0), (cases.Count, chains.Links, unknown));
        Assert.Equal((67, 94, 67), (chains.ComponentCount, chains.Sizes()[0], chains.Heads.Count()));
        var offspring = OffspringSummary.Of([.. Enumerable.Range(0, cases.Count).Select(chains.Offspring)]);
        Assert.Equal(98 / 162.0, offspring.Mean, 10);
        Assert.Equal(0.02421, offspring.Dispersion!.Value, 5);
        Assert.Equal([38, 26, 21, 4], Enumerable.Range(0, cases.Count).Select(chains.Offspring).OrderDescending().Take(4));
        // The file counts the days between the two onsets itself.
        var serial = Delays.SerialInterval(Days(cases, "dt_onset", null), links);
        var said = contacts.Select(c => double.Parse(c["diff_dt_onset"], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal((98, said.Average()), (serial.N, serial.Mean!.Value));
        Assert.Equal(14.46939, serial.Mean.Value, 5);
        Assert.Empty(chains.Circles);
    }

    [Fact]
    public void Ebola_has_2116_links_between_cases_of_the_list_and_1684_from_outside_it()
    {
        var (cases, links) = Graph(LineLists.Read("ebola_sim_clean__linelist.csv"), "case_id", LineLists.Read("ebola_sim_clean__contacts.csv"), "infector", "case_id",
            out var unknown);
        var chains = new Chains(cases.Count, links);
        Assert.Equal((5829, 2116, 1684), (cases.Count, chains.Links, unknown));
        Assert.Equal((3713, 12, 3713), (chains.ComponentCount, chains.Sizes()[0], chains.Heads.Count()));
        var days = Days(cases, "date_of_onset", "date_of_infection");
        var serial = Delays.SerialInterval(days, links);
        Assert.Equal((2116, 9.0), (serial.N, serial.Median!.Value));
        Assert.Equal(11.060491, serial.Mean!.Value, 6);
        var incubation = Delays.Incubation(days);
        Assert.Equal((3742, 8.0), (incubation.N, incubation.Median!.Value));
        Assert.Equal(10.077766, incubation.Mean!.Value, 6);
        Assert.Equal(0.9363, OffspringSummary.Of([.. Enumerable.Range(0, cases.Count).Select(chains.Offspring)]).Dispersion!.Value, 4);
        // In a tree every generation is one more than its only source's.
        Assert.All(links, l => Assert.Equal(chains.Generation[l.From] + 1, chains.Generation[l.To]));
    }

    [Fact]
    public void Measles_in_Hagelloch_1861_has_one_chain_of_173_and_one_child_who_infected_30()
    {
        var list = LineLists.Read("measles_hagelloch_1861.csv");
        var (cases, links) = Graph(list, "case_ID", [.. list.Where(r => r["infector"] is not ("" or "NA"))], "infector", "case_ID", out var unknown);
        var chains = new Chains(cases.Count, links);
        Assert.Equal((188, 184, 0), (cases.Count, chains.Links, unknown));
        Assert.Equal((4, 173, 4), (chains.ComponentCount, chains.Sizes()[0], chains.Heads.Count()));
        Assert.Equal(30, Enumerable.Range(0, cases.Count).Max(chains.Offspring));
        var serial = Delays.SerialInterval(Days(cases, "date_of_prodrome", null), links);
        Assert.Equal((184, 10.0), (serial.N, serial.Median!.Value));
        Assert.Equal(10.391304, serial.Mean!.Value, 6);
    }

    static (List<Dictionary<string, string>> Cases, List<(int From, int To)> Links) Graph(
        List<Dictionary<string, string>> cases, string id, List<Dictionary<string, string>> links, string from, string to, out int unknown)
    {
        var place = cases.Select((c, i) => (c, i)).ToDictionary(c => c.c[id], c => c.i);
        unknown = links.Count(l => !place.ContainsKey(l[from]) || !place.ContainsKey(l[to]));
        return (cases, [.. links.Where(l => place.ContainsKey(l[from]) && place.ContainsKey(l[to])).Select(l => (place[l[from]], place[l[to]]))]);
    }

    static List<CaseDays> Days(List<Dictionary<string, string>> cases, string onset, string? exposure) =>
        cases.ConvertAll(c => new CaseDays(Day(c[onset]), exposure is null ? null : Day(c[exposure])));

    static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day : null;
}

/// <summary>The public line lists. Absent: the test is skipped; on CI that is a failure.</summary>
static class LineLists
{
    public static List<Dictionary<string, string>> Read(string name)
    {
        var file = Find(name);
        if (file is null)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail("The real data is absent: ../shared/data or QIPAN_REAL_DATA.");
            Assert.Skip("The real data is absent: ../shared/data or QIPAN_REAL_DATA.");
        }
        var lines = File.ReadAllLines(file!);
        var head = Cells(lines[0]);
        return [.. lines.Skip(1).Where(l => l.Length > 0).Select(Cells).Select(c => head.Zip(c).ToDictionary(p => p.First, p => p.Second))];
    }

    /// <summary>Cells between commas; quotes hold commas and are taken away.</summary>
    static List<string> Cells(string line)
    {
        var cells = new List<string> { "" };
        var quoted = false;
        foreach (var c in line)
        {
            if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
                cells.Add("");
            else
                cells[^1] += c;
        }
        return cells;
    }

    static string? Find(string name)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var beside = Path.Combine(folder, "shared", "data", "linelists", name);
            if (File.Exists(beside))
                return beside;
        }
        var named = Path.Combine(Environment.GetEnvironmentVariable("QIPAN_REAL_DATA") ?? "", "linelists", name);
        return File.Exists(named) ? named : null;
    }
}
