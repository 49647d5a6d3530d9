namespace Qipan.Laboratory;

/// <summary>A tube as the integrity rules see it.</summary>
/// <param name="Well">Its well.</param>
/// <param name="Kind">1, 5, 10, 20, 99.</param>
/// <param name="ReceivedAt">Null: never received.</param>
/// <param name="AtThisLaboratory">Received by the laboratory that reports.</param>
sealed record IntegrityTube(string Well, int Kind, DateTimeOffset? ReceivedAt, bool AtThisLaboratory);

/// <summary>What the integrity rules judge.</summary>
/// <param name="StartedAt">Start of the amplification; null where the file does not say.</param>
/// <param name="AmplifiedAt">Its end; null where the file does not say.</param>
/// <param name="LoadedAt">When the file came, by our clock.</param>
/// <param name="LeastMinutes">The shortest time in which the assay can run, from its definition; 0 = not stated.</param>
/// <param name="AllNegative">Every tube of the run came out negative.</param>
/// <param name="Tubes">The tubes that have a result in the run.</param>
/// <param name="TodayByKind">Tubes that the laboratory reported on the same day before this run, by kind.</param>
/// <param name="SameInstrumentOverlaps">Another run of the same instrument was running at the same time.</param>
sealed record IntegrityCase(
    DateTimeOffset? StartedAt, DateTimeOffset? AmplifiedAt, DateTimeOffset LoadedAt, int LeastMinutes, bool AllNegative,
    IReadOnlyCollection<IntegrityTube> Tubes, IReadOnlyDictionary<int, int> TodayByKind, bool SameInstrumentOverlaps);

/// <summary>One alarm 诚信预警: what cannot be as it is reported.</summary>
/// <param name="Code">Stable name in snake_case.</param>
/// <param name="Wells">The wells that it concerns; empty when it concerns the whole run.</param>
public sealed record IntegrityAlarm(string Code, string Sentence, string Chinese, IReadOnlyList<string> Wells)
{
    public bool WholeRun => Wells.Count == 0;
}

/// <summary>
/// INV-06: results of tubes that were not received, before their reception, above the rated capacity or faster than the assay can
/// run are kept as unverified and not released until a person verifies them. Pure.
/// </summary>
static class IntegrityRules
{
    public static IReadOnlyList<IntegrityAlarm> Judge(IntegrityCase run, RatedCapacity capacity)
    {
        var alarms = new List<IntegrityAlarm>();
        Wells(alarms, run.Tubes.Where(t => t.ReceivedAt is null), "result_of_tube_not_received",
            "A result came for a tube that was never received.", "收到从未签收的采样管的结果。");
        Wells(alarms, run.Tubes.Where(t => t is { ReceivedAt: not null, AtThisLaboratory: false }), "tube_at_other_laboratory",
            "A result came for a tube that another laboratory received.", "收到由其他实验室签收的采样管的结果。");
        var began = run.StartedAt ?? run.AmplifiedAt?.AddMinutes(-run.LeastMinutes);
        Wells(alarms, run.Tubes.Where(t => began is { } start && t.ReceivedAt > start), "result_before_reception",
            "The run began before the tube was received.", "批次在采样管签收前已开始。");
        Capacity(alarms, run, capacity);
        Speed(alarms, run);
        return alarms;
    }

    static void Capacity(List<IntegrityAlarm> alarms, IntegrityCase run, RatedCapacity capacity)
    {
        foreach (var kind in run.Tubes.GroupBy(t => t.Kind).OrderBy(g => g.Key))
        {
            var free = Math.Max(0, capacity.Of(kind.Key) - run.TodayByKind.GetValueOrDefault(kind.Key));
            if (kind.Count() > free)
                alarms.Add(new IntegrityAlarm("above_rated_capacity",
                    $"With this run the laboratory reports more tubes of kind {kind.Key} on one day than the {capacity.Of(kind.Key)} it is rated for.",
                    $"计入本批次后，该实验室当日报告的{kind.Key}类采样管超过核定的{capacity.Of(kind.Key)}管。", []));
        }
    }

    static void Speed(List<IntegrityAlarm> alarms, IntegrityCase run)
    {
        if (run.AmplifiedAt > run.LoadedAt.AddMinutes(5))
            alarms.Add(Whole("run_in_the_future", "The run ended after the file came: the instrument's clock is wrong.",
                "批次结束时间晚于文件到达时间：仪器时钟有误。"));
        if (run is { StartedAt: { } start, AmplifiedAt: { } end } && end - start < TimeSpan.FromMinutes(run.LeastMinutes))
            alarms.Add(run.AllNegative
                ? Whole("all_negative_too_fast", "Every tube is negative and the run is shorter than the assay takes.", "全部阴性且批次时长短于该试剂所需时间。")
                : Whole("run_too_fast", "The run is shorter than the assay takes.", "批次时长短于该试剂所需时间。"));
        if (run.SameInstrumentOverlaps)
            alarms.Add(Whole("instrument_ran_twice", "The same instrument reports another run in the same time.", "同一仪器在同一时段报告了另一批次。"));
    }

    static IntegrityAlarm Whole(string code, string sentence, string chinese) => new(code, sentence, chinese, []);

    static void Wells(List<IntegrityAlarm> alarms, IEnumerable<IntegrityTube> tubes, string code, string sentence, string chinese)
    {
        var wells = tubes.Select(t => t.Well).ToList();
        if (wells.Count > 0)
            alarms.Add(new IntegrityAlarm(code, sentence, chinese, wells));
    }
}
