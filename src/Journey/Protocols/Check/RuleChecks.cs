using System.Globalization;

namespace Qipan.Protocols;

/// <summary>What the schema cannot say about the groups: numbers that must fit each other, words that must be named elsewhere.</summary>
static class RuleChecks
{
    static readonly string[] Plans = ["close", "secondary", "traveller_high", "traveller_medium", "resident_sealed"];

    public static void Run(Look look)
    {
        foreach (var stage in Plans.SelectMany(p => look.Items("quarantine." + p)))
            Days(look, stage + ".tests", stage + ".days");
        Days(look, "discharge.after.tests", "discharge.after.days");
        Days(look, "followup.on_days", "followup.days");
        var afterAnchor = look.Text("contact.until") == "days_after_anchor";
        if (look.Has("contact.until") && afterAnchor != look.Has("contact.until_days"))
            look.Say("contact.until", "fit", "'contact.until_days' is needed with days_after_anchor, and only there.");
        Order(look, "deadlines.investigation_core_h", "deadlines.investigation_full_h");
        Order(look, "testing.points.persons_per_point_min", "testing.points.persons_per_point_max");
        Order(look, "testing.points.persons_per_desk_min", "testing.points.persons_per_desk_max");
        Order(look, "isolation.transport.drivers_per_coach_min", "isolation.transport.drivers_per_coach_max");
        Order(look, "fangcang.winter.min_c", "fangcang.winter.max_c");
        Order(look, "fangcang.summer.min_c", "fangcang.summer.max_c");
        Order(look, "assay.grey.from_ct", "assay.grey.to_ct");
        Order(look, "assay.grey.to_ct", "assay.cutoff_ct");
        if (look.Whole("assay.min_genes_positive") is { } least && look.Items("assay.genes").Count() is > 0 and var genes && least > genes)
            look.Say("assay.min_genes_positive", "fit", $"'assay.min_genes_positive' asks for {least} genes, but 'assay.genes' "
                + $"names {genes}.");
        Bounded(look, "testing.time_limits");
        Bounded(look, "testing.lab_reserve");
        Ascending(look, look.Items("isolation.reserve.ready").Select(i => i + ".within_h"));
        Ascending(look, look.Items("isolation.reserve.ready").Select(i => i + ".share_percent"));
        Frequencies(look);
        Zones(look);
        Classification(look);
        foreach (var group in new[] { "situations.close", "situations.general", "screening.groups", "antigen.groups", "severity.classes",
            "zones.classes", "health_code.states", "classification.findings", "classification.criteria" })
            Once(look, group, ".code");
        Once(look, "transport.vehicles", ".vehicle");
        Once(look, "venues.caps", ".category");
        Once(look, "tracing.venues", ".category");
    }

    /// <summary>Criteria and classes name what stands before them, and ask for no more than they name.</summary>
    static void Classification(Look look)
    {
        var named = look.Items("classification.findings").Select(i => look.Text(i + ".code")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (look.Text("classification.positive_sample") is { } sample && !named.Contains(sample))
            look.Say("classification.positive_sample", "fit", $"'{sample}' is none of 'classification.findings'.");
        foreach (var criterion in look.Items("classification.criteria"))
        {
            Named(look, named, look.Items(criterion + ".of"));
            if (look.Whole(criterion + ".at_least") is { } least && look.Items(criterion + ".of").Count() is var many && least > many)
                look.Say(criterion + ".at_least", "fit", $"Asks for {least} of {many}.");
            if (look.Text(criterion + ".code") is { } code && !named.Add(code))
                look.Say(criterion + ".code", "fit", $"'{code}' is named twice.");
        }
        foreach (var one in look.Items("classification.classes"))
        {
            Named(look, named, look.Items(one + ".any").SelectMany(look.Items));
            Named(look, named, look.Items(one + ".unless"));
        }
    }

    static void Named(Look look, HashSet<string> named, IEnumerable<string> paths)
    {
        foreach (var path in paths)
            if (look.Text(path) is { } word && !named.Contains(word))
                look.Say(path, "fit", $"'{word}' is no finding, and no criterion that stands before.");
    }

    static void Days(Look look, string tests, string days)
    {
        Ascending(look, look.Items(tests));
        if (look.Whole(days) is not { } last)
            return;
        foreach (var test in look.Items(tests))
            if (look.Whole(test) > last)
                look.Say(test, "test_day", $"Day {look.Whole(test)} lies beyond the {last} days of '{days}'. Days count from the first "
                    + "day of the same stage.");
    }

    static void Order(Look look, string low, string high)
    {
        if (look.Number(low) > look.Number(high))
            look.Say(low, "order", string.Create(CultureInfo.InvariantCulture,
                $"'{low}' ({look.Number(low)}) must not be above '{high}' ({look.Number(high)})."));
    }

    static void Ascending(Look look, IEnumerable<string> paths)
    {
        double? before = null;
        foreach (var path in paths)
        {
            if (look.Number(path) <= before)
                look.Say(path, "order", $"'{path}' must be greater than the one before it.");
            before = look.Number(path) ?? before;
        }
    }

    // A list by population: ascending, and only the last is without bound, or some city has no limit.
    static void Bounded(Look look, string list)
    {
        var items = look.Items(list).ToList();
        Ascending(look, items.Select(i => i + ".population_up_to"));
        for (var i = 0; i < items.Count; i++)
            if (look.Has(items[i] + ".population_up_to") == (i == items.Count - 1))
                look.Say(items[i], "bound", i == items.Count - 1
                    ? $"The last item of '{list}' must be without population_up_to: it holds for every larger population."
                    : $"Only the last item of '{list}' may be without population_up_to.");
    }

    static void Frequencies(Look look)
    {
        foreach (var item in look.Items("testing.rounds.by_history"))
            if (new[] { "positive_in_last_rounds", "positive_in_days", "none_in_days" }.Count(c => look.Has($"{item}.{c}")) != 1)
                look.Say(item, "fit", $"'{item}' needs exactly one of positive_in_last_rounds, positive_in_days, none_in_days.");
    }

    static void Zones(Look look)
    {
        var classes = look.Items("zones.classes").Select(c => look.Text(c + ".code")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (classes.Count == 0)
            return;
        foreach (var key in look.Keys("zones.release"))
        {
            Known("zones.release." + key, key);
            Known($"zones.release.{key}.to", look.Text($"zones.release.{key}.to"));
        }
        foreach (var key in look.Keys("zones.on_positive"))
        {
            Known("zones.on_positive." + key, key);
            Known("zones.on_positive." + key, look.Text("zones.on_positive." + key));
        }

        void Known(string path, string? word)
        {
            if (word is not null && !classes.Contains(word))
                look.Say(path, "unknown_class",
                    $"'{SchemaSentences.Short(word)}' is no class of 'zones.classes': {string.Join(", ", classes)}.");
        }
    }

    static void Once(Look look, string list, string key)
    {
        foreach (var again in look.Items(list).Where(i => look.Text(i + key) is not null).GroupBy(i => look.Text(i + key))
            .SelectMany(g => g.Skip(1)))
            look.Say(again + key, "twice", $"'{look.Text(again + key)}' stands in '{list}' twice.");
    }
}
