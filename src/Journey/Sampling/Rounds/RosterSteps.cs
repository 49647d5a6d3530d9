using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// One step of a <see cref="RosterWork"/>: at most <see cref="AtOnce"/> persons are looked at, and how far it got is written in the same
/// unit. Which round, which scope and which rule are read anew in every step, so a step can be made on any node.
/// </summary>
static class RosterSteps
{
    /// <summary>Persons per step: other writers of the county wait that long.</summary>
    public const int AtOnce = 10_000;

    /// <summary>Makes the next step of the work with this number; false when it is done.</summary>
    public static Outcome<bool> Step(WriteSession session, string owner, long seq)
    {
        var work = session.One<RosterWork>("SELECT * FROM roster_work WHERE owner = @owner AND seq = @seq", new { owner, seq });
        if (work is not { Done: false } || Rounds.Get(session, owner, work.Round) is not { } round)
            return false;
        var step = work.Task switch
        {
            RosterTask.Open => Open(session, work, round),
            RosterTask.Exempt => Exempt(session, work, round),
            RosterTask.Withdraw or RosterTask.Reinstate => Turn(session, work),
            RosterTask.Cancel => Cancel(session, work, round),
            _ => throw new CorruptException("roster_work.task", $"is {(int)work.Task}"),
        };
        if (!step.Ok)
            return step.Refusal;
        var (changed, after) = step.Value;
        session.Execute("UPDATE roster_work SET changed = changed + @changed, after_id = @after, done = @done WHERE owner = @owner AND seq = @seq",
            new { owner, seq, changed, after = after ?? work.AfterId, done = after is null ? (short)1 : (short)0 });
        return after is not null;
    }

    /// <summary>
    /// Everybody who lives in what the version adds, is alive, here and not merged into another; in the order of the person's id. Who was
    /// registered after the order was given, such as somebody whom a sampler meets meanwhile, comes onto a roster only by name (INV-15).
    /// </summary>
    static Outcome<(int, Guid?)> Open(WriteSession session, RosterWork work, Round round)
    {
        var after = Beyond(session, "SELECT id FROM person WHERE owner = @owner AND id > @after ORDER BY id", work);
        var ages = new AgeBirthdays(LocalDays.China.DateOf(round.WindowStart));
        var step = new
        {
            work.Owner,
            after = work.AfterId,
            until = after ?? Guid.AllBitsSet,
            basis = work.Round.ToString("N"),
            round.Protocol,
            due = work.DueAt,
            work.Round,
            work.Version,
            round.PublishedAt,
        };
        var persons = $"""
            p.owner = @Owner AND p.id > @after AND p.id <= @until AND p.present_kind NOT IN ({(int)PresentKind.LeftRegion}, {(int)PresentKind.Deceased})
            AND p.merged_into IS NULL AND {Change(session, work, "p.residence")} AND (p.created_at <= @PublishedAt
              OR p.created_at <= (SELECT s.at FROM round_scope s WHERE s.owner = @Owner AND s.round = @Round AND s.version = @Version))
            """;
        RosterUnits.Lay(session, session.Query<string>($"SELECT DISTINCT substr(p.residence, 1, 12) FROM person p WHERE {persons}", step));
        return (Ledger.OpenFrom(session, $"""
            SELECT p.owner AS owner, 1 AS kind, @basis AS basis_id, p.id AS subject_id, 'person' AS subject_kind, 'round' AS basis_kind,
              @Protocol AS protocol, p.residence AS area, {ages.BandSql(Dialect.Bytes(session, "p.birth"))} AS age_band,
              u.unit AS owner_unit, @due AS due_at, 0 AS priority, NULL AS note
            FROM person p CROSS JOIN roster_unit u WHERE u.area = substr(p.residence, 1, 12) AND {persons}
            """, step), after);
    }

    static Outcome<(int, Guid?)> Exempt(WriteSession session, RosterWork work, Round round)
    {
        var after = Beyond(session, "SELECT id FROM person WHERE owner = @owner AND id > @after ORDER BY id", work);
        var rule = session.One<Exemption>("SELECT * FROM round_exemption WHERE owner = @Owner AND id = @Exemption", new { work.Owner, work.Exemption });
        if (rule is null)
            return (0, null);
        var ages = new AgeBirthdays(LocalDays.China.DateOf(round.WindowStart));
        var waived = Ledger.WaiveFrom(session, $"""
            SELECT d.owner, d.kind, d.basis_id, d.subject_id, @Reason AS reason
            FROM person p CROSS JOIN duty d
            WHERE p.owner = @Owner AND p.id > @after AND p.id <= @until AND {Scope.Within(session, rule.Prefix, "p.residence")}
              AND (@Groups = 0 OR (p.special_groups & @Groups) <> 0)
              {(rule.UnderAge == 0 ? "" : "AND " + ages.YoungerSql(Dialect.Bytes(session, "p.birth"), rule.UnderAge))}
              AND d.owner = p.owner AND d.kind = 1 AND d.basis_id = @basis AND d.subject_id = p.id AND d.state = 0 AND d.opened_at >= @Since
              AND d.note IS NULL
            """, new
        {
            work.Owner,
            after = work.AfterId,
            until = after ?? Guid.AllBitsSet,
            basis = work.Round.ToString("N"),
            rule.Reason,
            rule.Groups,
            work.Since,
        });
        return waived.Ok ? (waived.Value, after) : waived.Refusal;
    }

    /// <summary>Duties of the difference between two versions: withdrawn while open, or reinstated. Who was added by name stays.</summary>
    static Outcome<(int, Guid?)> Turn(WriteSession session, RosterWork work)
    {
        var withdraw = work.Task == RosterTask.Withdraw;
        var after = Beyond(session, "SELECT subject_id FROM duty WHERE owner = @owner AND kind = 1 AND basis_id = @basis AND subject_id > @after ORDER BY subject_id", work);
        var select = $"""
            SELECT owner, kind, basis_id, subject_id FROM duty
            WHERE owner = @Owner AND kind = 1 AND basis_id = @basis AND subject_id > @after AND subject_id <= @until
              AND state = {(withdraw ? 0 : 3)} AND note IS NULL AND {Change(session, work, "area")}
            """;
        var step = new { work.Owner, after = work.AfterId, until = after ?? Guid.AllBitsSet, basis = work.Round.ToString("N") };
        if (!withdraw)
            return (Ledger.ReinstateFrom(session, select, step), after);
        var withdrawn = Ledger.WithdrawFrom(session, select, step, work.Reason);
        return withdrawn.Ok ? (withdrawn.Value, after) : withdrawn.Refusal;
    }

    /// <summary>In steps, and at the end once more for the whole basis, which from then on opens nothing.</summary>
    static Outcome<(int, Guid?)> Cancel(WriteSession session, RosterWork work, Round round)
    {
        var after = Beyond(session, "SELECT subject_id FROM duty WHERE owner = @owner AND kind = 1 AND basis_id = @basis AND subject_id > @after ORDER BY subject_id", work);
        var withdrawn = Ledger.WithdrawFrom(session, """
            SELECT owner, kind, basis_id, subject_id FROM duty
            WHERE owner = @Owner AND kind = 1 AND basis_id = @basis AND subject_id > @after AND subject_id <= @until AND state < 3
            """, new { work.Owner, after = work.AfterId, until = after ?? Guid.AllBitsSet, basis = work.Round.ToString("N") }, work.Reason);
        if (!withdrawn.Ok || after is not null)
            return withdrawn.Map(w => (w, after));
        return Ledger.Withdraw(session, work.Owner, round.Ref(), work.Reason).Map(rest => (withdrawn.Value + rest, (Guid?)null));
    }

    /// <summary>The last id of the step, or null when the rest is smaller than a step.</summary>
    static Guid? Beyond(Session session, string ordered, RosterWork work) => session.Query<Guid>(
            ordered + " LIMIT 1 OFFSET @skip", new { owner = work.Owner, after = work.AfterId, basis = work.Round.ToString("N"), skip = AtOnce - 1 })
        .Select(id => (Guid?)id).FirstOrDefault();

    /// <summary>The places that the version adds (or, to withdraw, leaves out) against the version before.</summary>
    static string Change(Session session, RosterWork work, string column)
    {
        var (now, before) = (ScopeVersions.Of(session, work.Owner, work.Round, work.Version), ScopeVersions.Of(session, work.Owner, work.Round, work.Version - 1));
        var (within, without) = work.Task == RosterTask.Withdraw ? (before, now) : (now, before);
        return (within?.Sql(session, column) ?? "1 = 0") + (without is null ? "" : $" AND NOT {without.Sql(session, column)}");
    }
}

/// <summary>The versions of a round's scope, from 1.</summary>
static class ScopeVersions
{
    public static Scope? Of(Session session, string owner, Guid round, int version) =>
        session.One<string>("SELECT scope FROM round_scope WHERE owner = @owner AND round = @round AND version = @version", new { owner, round, version = (short)version })
            is { } json ? Scope.Read(json) : null;
}

/// <summary>Which unit answers for which community, laid beside the persons for the length of one step.</summary>
static class RosterUnits
{
    static readonly Table<KeyValuePair<string, UnitId>> Rows = new("roster_unit",
        new("area", ColumnType.Text, r => r.Key, Key: true),
        new("unit", ColumnType.Uuid, r => r.Value.Value));

    public static void Lay(WriteSession session, IReadOnlyCollection<string> communities)
    {
        session.Execute(session.Kind == StoreKind.Sqlite
            ? "CREATE TEMP TABLE IF NOT EXISTS roster_unit (area text PRIMARY KEY, unit uuid NOT NULL) WITHOUT ROWID; DELETE FROM roster_unit;"
            : "CREATE TEMP TABLE IF NOT EXISTS roster_unit (area text PRIMARY KEY, unit uuid NOT NULL) ON COMMIT DELETE ROWS; DELETE FROM roster_unit;");
        session.Insert(Rows, UnitDirectory.ResponsibleForAll(session, UnitKind.Community, communities));
    }
}
