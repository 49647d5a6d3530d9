using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>How many of one kind in one region and age band.</summary>
public sealed class DutyCount
{
    public DutyKind Kind { get; init; }

    /// <summary>A place code of the level asked for, or shorter where the duty's own place stands above it.</summary>
    public string Area { get; init; } = "";

    /// <summary><see cref="AgeBand.Unknown"/> throughout where ages were not asked for.</summary>
    public AgeBand AgeBand { get; init; }

    /// <summary>应: opened, less waived and withdrawn.</summary>
    public long Should { get; init; }

    /// <summary>已: ended by evidence, in time or late.</summary>
    public long Done { get; init; }

    /// <summary>Of the done, those whose evidence is later than the deadline.</summary>
    public long DoneLate { get; init; }

    /// <summary>未: still to be done, late or not.</summary>
    public long Open { get; init; }

    /// <summary>逾期: of the open, those past their deadline.</summary>
    public long Late { get; init; }

    /// <summary>豁免.</summary>
    public long Waived { get; init; }

    /// <summary>撤销.</summary>
    public long Withdrawn { get; init; }
}

/// <summary>Counts 应/已/未/逾期 by kind, region and age.</summary>
public static class DutyCounts
{
    /// <summary>
    /// One query on the counters, which every change keeps in its own transaction. For a territory below a community it is one query
    /// on the ledger itself, which reads every duty of the kind and basis in the county. Ordered by kind, region, age.
    /// </summary>
    /// <param name="session">The snapshot.</param>
    /// <param name="filter">Territory, kind and basis; the conditions for lists are not looked at.</param>
    /// <param name="by">The level of the regions, province to community.</param>
    /// <param name="now">What counts as overdue.</param>
    /// <param name="ages">False adds up the ages.</param>
    public static List<DutyCount> By(Session session, DutyFilter filter, PlaceLevel by, DateTimeOffset now, bool ages = true)
    {
        var digits = Digits(by);
        var age = ages ? "age_band" : "0";
        var owners = Within.Owners(session, filter.Territory);
        return session.Query<DutyCount>($"""
            SELECT kind, substr(area, 1, {digits}) AS area, {age} AS age_band, sum(open + done) AS should, sum(done) AS done,
              sum(done_late) AS done_late, sum(open) AS open, sum(CASE WHEN due_at < @now THEN open ELSE 0 END) AS late,
              sum(waived) AS waived, sum(withdrawn) AS withdrawn
            FROM {(filter.Territory.Length > 12 ? Ledger : "duty_count")} c
            WHERE owner {session.In("owners")} AND kind IN ({(filter.Kind is null ? DutyKinds.Numbers : "@kind")})
              {(filter.Basis is null ? "" : "AND basis_id = @Basis")} AND {Within.Area(filter.Territory, "area")}
            GROUP BY kind, substr(area, 1, {digits}){(ages ? ", age_band" : "")} ORDER BY 1, 2, 3
            """, new
        {
            now,
            owners = session.Keys(owners),
            kind = filter.Kind is { } kind ? (short)kind : (short)0,
            filter.Basis,
            territory = filter.Territory,
            beyond = Within.Beyond(filter.Territory),
        });
    }

    const string Ledger = """
        (SELECT owner, kind, basis_id, area, age_band, due_at, CASE WHEN state = 0 THEN 1 ELSE 0 END AS open,
          CASE WHEN state = 1 THEN 1 ELSE 0 END AS done, CASE WHEN state = 1 AND ended_at > due_at THEN 1 ELSE 0 END AS done_late,
          CASE WHEN state = 2 THEN 1 ELSE 0 END AS waived, CASE WHEN state = 3 THEN 1 ELSE 0 END AS withdrawn FROM duty)
        """;

    static int Digits(PlaceLevel level) => level switch
    {
        PlaceLevel.Province => 2,
        PlaceLevel.City => 4,
        PlaceLevel.County => 6,
        PlaceLevel.Street => 9,
        _ => 12,
    };
}
