using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>Somebody who is still to be tested.</summary>
public sealed class MissingPerson
{
    public string Owner { get; init; } = "";

    /// <summary>The person's id.</summary>
    public Guid Subject { get; init; }

    public string Area { get; init; } = "";

    public AgeBand AgeBand { get; init; }

    public Guid OwnerUnit { get; init; }

    public DateTimeOffset DueAt { get; init; }

    public int Escalation { get; init; }

    /// <summary>Why the person was added to the roster, where that was done.</summary>
    public string? Note { get; init; }
}

/// <summary>How many are missing, and a page of them by place.</summary>
public sealed record MissingPage(long Count, IReadOnlyList<MissingPerson> Items, string? Next);

/// <summary>Who has been missed 漏检: the roster of a round, less those done, waived and withdrawn (INV-15).</summary>
public static class Missing
{
    /// <summary>The count and one page, by county, place and person. A page costs the same wherever it stands.</summary>
    /// <param name="session">The snapshot.</param>
    /// <param name="owner">A county, or the first digits of several; empty is all.</param>
    /// <param name="roundId">The round's id as the basis of its duties.</param>
    /// <param name="area">A place code; the persons in it and below it. Empty is all of <paramref name="owner"/>.</param>
    /// <param name="after">The <see cref="MissingPage.Next"/> of the page before; null for the first.</param>
    /// <param name="take">1 to 200.</param>
    public static MissingPage Of(Session session, string owner, string roundId, string area = "", string? after = null, int take = DutyList.MostOnAPage)
    {
        take = Math.Clamp(take, 1, DutyList.MostOnAPage);
        var territory = area.Length >= owner.Length ? area : owner;
        var owners = Within.Owners(session, territory);
        var arguments = (string county, int most, string[]? begun) => new
        {
            owner = county,
            owners = session.Keys(owners),
            roundId,
            territory,
            beyond = Within.Beyond(territory),
            take = most,
            after_area = begun?[1] ?? "",
            after_subject = Guid.TryParse(begun?[2], out var person) ? person : Guid.Empty,
        };
        var count = session.Scalar<long>(territory.Length <= 12
            ? $"SELECT coalesce(sum(open), 0) FROM duty_count WHERE owner {session.In("owners")} AND kind = 1 AND basis_id = @roundId AND {Within.Area(territory, "area")}"
            : $"SELECT count(*) FROM duty WHERE owner {session.In("owners")} AND kind = 1 AND basis_id = @roundId AND state = 0 AND {Within.Area(territory, "area")}",
            arguments("", 0, null));
        var mark = Mark.Read(after, 3);
        var items = new List<MissingPerson>(take + 1);
        foreach (var county in owners)
        {
            if (mark is not null && string.CompareOrdinal(county, mark[0]) < 0)
                continue;
            var begun = mark is not null && county == mark[0] ? mark : null;
            items.AddRange(session.Query<MissingPerson>($"""
                SELECT owner, subject_id AS subject, area, age_band, owner_unit, due_at, escalation, note FROM duty
                WHERE owner = @owner AND kind = 1 AND basis_id = @roundId AND state = 0 AND {Within.Area(territory, "area")}
                  {(begun is null ? "" : "AND (area, subject_id) > (@after_area, @after_subject)")}
                ORDER BY area, subject_id LIMIT @take
                """, arguments(county, take + 1 - items.Count, begun)));
            if (items.Count > take)
                break;
        }
        if (items.Count <= take)
            return new MissingPage(count, items, null);
        items.RemoveAt(take);
        return new MissingPage(count, items, Mark.Write([items[^1].Owner, items[^1].Area, items[^1].Subject.ToString("N")]));
    }
}
