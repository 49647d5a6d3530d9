using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Why two rows are joined.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Reasons">Words of the pair, with commas between.</param>
/// <param name="Reason">As said by who decided; no names.</param>
public sealed record MergeGrounds(double Score, string Reasons, string Reason);

/// <summary>What a merge did.</summary>
/// <param name="Merge">Its id; empty where they were one already.</param>
/// <param name="Changes">How many rows it changed.</param>
/// <param name="Issues">What does not go together.</param>
public sealed record Merged(Guid Merge, Guid Survivor, Guid Loser, long Changes, IReadOnlyList<MergeIssue> Issues);

/// <summary>
/// Joins rows of the register that are one person 并档, and takes them apart exactly as they were 拆档 (INV-21). Every row of every module that names the
/// one that follows names the survivor afterwards; what was changed is kept, sealed, with the merge. Works inside the caller's unit. Safe for all threads.
/// </summary>
public sealed class PersonMerges
{
    readonly Keyring keyring;
    readonly IReadOnlyList<IHoldsPersons> holders;
    readonly List<WatchedTable> watched;

    public PersonMerges(Keyring keyring, IEnumerable<IHoldsPersons> holders)
    {
        this.keyring = keyring;
        this.holders = [.. holders];
        watched = WatchedTable.Of(this.holders.SelectMany(h => h.Columns));
    }

    /// <summary>All columns that hold persons, of all modules.</summary>
    public IEnumerable<PersonColumn> Columns => holders.SelectMany(h => h.Columns);

    /// <summary>The counties whose rows a merge of these persons, or its undoing, may write: what the unit's scope has to name.</summary>
    public IReadOnlyList<string> Owners(Session session, IReadOnlyCollection<Guid> persons)
    {
        var merges = MergeRow.Around(session, persons);
        var ids = persons.Concat(merges.SelectMany(m => new[] { m.Loser, m.Survivor })).Distinct().ToList();
        var owners = merges.SelectMany(m => new[] { m.Owner, m.SurvivorOwner }).ToHashSet(StringComparer.Ordinal);
        owners.UnionWith(PersonDirectory.ByIds(session, ids).Values.SelectMany(p => new[] { p.Owner, p.PresentOwner }));
        foreach (var table in watched)
            foreach (var id in ids)
                owners.UnionWith(session.Query<string>($"SELECT DISTINCT owner FROM {table.Name} WHERE {table.Finds}",
                    new { a = id, b = id, hexA = id.ToString("N"), hexB = id.ToString("N") }));
        return [.. owners.Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// The loser follows the survivor from now on. Both are followed to where they stand already; two that are one are left alone. Refused where a
    /// module says that they cannot be one yet, and with <see cref="StoreBusy"/> where rows of a county outside the scope came since it was asked for.
    /// </summary>
    public Outcome<Merged> Merge(WriteSession session, Guid survivor, Guid loser, MergeGrounds grounds, IReadOnlyCollection<string> scope)
    {
        var current = PersonDirectory.Current(session, [survivor, loser]);
        if (!current.TryGetValue(survivor, out var stays) || !current.TryGetValue(loser, out var follows))
            return new PersonUnknown();
        if (stays.Id == follows.Id)
            return new Merged(Guid.Empty, stays.Id, follows.Id, 0, []);
        if (Owners(session, [stays.Id, follows.Id]).Except(scope).Any())
            return new StoreBusy { RetryAfterSeconds = 1 };
        return Join(session, stays.Id, follows.Id, grounds);
    }

    /// <summary>
    /// Takes one person out of the one that it follows. Later merges of the same persons are taken apart first and done again afterwards, so that
    /// persons may come apart in any order. What was changed since stays as it is now and is listed.
    /// </summary>
    public Outcome<Merged> Unmerge(WriteSession session, Guid loser, string reason, IReadOnlyCollection<string> scope)
    {
        var around = MergeRow.Around(session, [loser]);
        if (around.Find(m => m.Loser == loser) is not { } merge)
            return new NotMerged();
        if (Owners(session, [loser]).Except(scope).Any())
            return new StoreBusy { RetryAfterSeconds = 1 };
        var later = around.FindAll(m => m.Nth > merge.Nth);
        foreach (var other in Enumerable.Reverse(later))
            Part(session, other, reason, MergeState.DoneAgain);
        var issues = Part(session, merge, reason, MergeState.Undone);
        foreach (var other in later)
        {
            var again = Join(session, other.Survivor, other.Loser, new MergeGrounds(other.Score, other.Reasons, other.Reason));
            if (!again.Ok)
                return again.Refusal;
        }
        return new Merged(merge.Id, merge.Survivor, merge.Loser, merge.Changes, issues);
    }

    Outcome<Merged> Join(WriteSession session, Guid survivorId, Guid loserId, MergeGrounds grounds)
    {
        var (survivor, loser) = (Row(session, survivorId), Row(session, loserId));
        var move = Move(session.NewId(), loser, survivor, back: false);
        foreach (var holder in holders)
            if (holder.Refuses(session, move) is { } no)
                return no;
        var before = HeldRows.Read(session, watched, loser.Id, survivor.Id);
        foreach (var holder in holders)
            holder.Prepare(session, move);
        foreach (var holder in holders)
            holder.Move(session, move);
        Balance(session, move, before);
        MergedRow.Whereabouts(session, move, survivor, loser);
        Settle(session, move);
        Fill(session, survivor, loser, grounds.Reason);
        var follower = Row(session, loser.Id);
        PersonVersions.Supersede(session, keyring, [(follower, follower with { MergedInto = survivor.Id, Version = follower.Version + 1 })], grounds.Reason);
        var changes = before.Changes(HeldRows.Read(session, watched, loser.Id, survivor.Id), watched, loser.Id, survivor.Id).ToList();
        Keep(session, move, survivor, grounds, changes);
        session.Trail(loser.Owner, "merge_persons", new Ref("person", loser.Id), new Ref("person", survivor.Id),
            detail: new { rows = changes.Count, issues = move.Issues.Select(i => i.Kind), custodyConflict = move.Issues.Any(i => i.Kind == MergeIssues.TwoCustodies) });
        return new Merged(move.Merge, survivor.Id, loser.Id, changes.Count, move.Issues);
    }

    List<MergeIssue> Part(WriteSession session, MergeRow merge, string reason, MergeState end)
    {
        var (survivor, loser) = (Row(session, merge.Survivor), Row(session, merge.Loser));
        var move = Move(merge.Id, loser, survivor, back: true);
        var before = HeldRows.Read(session, watched, loser.Id, survivor.Id);
        PersonVersions.Supersede(session, keyring, [(loser, loser with { MergedInto = null, Version = loser.Version + 1 })], reason);
        var tables = watched.ToDictionary(w => w.Name, StringComparer.Ordinal);
        foreach (var row in session.Query<ChangeRow>("SELECT table_name, sealed FROM person_merge_row WHERE owner = @Owner AND merge = @Id ORDER BY seq DESC",
            new { merge.Owner, merge.Id }))
            RowRestore.PutBack(session, move, RowChange.FromJson(keyring.Open(merge.Owner, row.Sealed).Reveal(Disclosure.ForProcessing)), tables.GetValueOrDefault(row.TableName));
        foreach (var holder in holders)
            holder.Return(session, move, merge.At);
        ListStaying(session, move, merge);
        Version(session, survivor, reason);
        MergedRow.WhereaboutsBack(session, move, survivor);
        Balance(session, move, before);
        Settle(session, move);
        session.Update(MergeRow.Rows, [merge with { State = end, UndoneAt = session.Now, UndoneBy = session.Actor.ToString(), UndoneReason = reason }]);
        Issues(session, move);
        session.Trail(loser.Owner, "unmerge_persons", new Ref("person", loser.Id), new Ref("person", survivor.Id),
            detail: new { again = end == MergeState.DoneAgain, issues = move.Issues.Select(i => i.Kind) });
        return [.. move.Issues];
    }

    /// <summary>What was written since and names only the survivor: whose it is, nobody but a person can say.</summary>
    void ListStaying(WriteSession session, PersonMove move, MergeRow merge)
    {
        foreach (var column in Columns.Where(c => c.Since is not null))
            foreach (var id in session.Query<Guid>(
                $"SELECT id FROM {column.Table} WHERE {column.Column} = @Survivor AND {column.Since} >= @At" + (column.Where is null ? "" : $" AND {column.Where}"),
                new { move.Survivor, merge.At }))
                move.Raise(MergeIssues.StaysWithSurvivor, new Ref(column.Table, id));
    }

    void Balance(WriteSession session, PersonMove move, HeldRows before)
    {
        var after = HeldRows.Read(session, watched, move.Loser, move.Survivor);
        foreach (var holder in holders)
            holder.Balance(session, move, before, after);
    }

    void Settle(WriteSession session, PersonMove move)
    {
        foreach (var holder in holders)
            holder.Settle(session, move);
    }

    /// <summary>The survivor takes over what it lacks: a version of its own.</summary>
    void Fill(WriteSession session, PersonRow survivor, PersonRow loser, string reason)
    {
        var now = Row(session, survivor.Id);
        if (MergedRow.Filled(now, loser) is var filled && filled != now)
            PersonVersions.Supersede(session, keyring, [(now, filled with { Version = now.Version + 1 })], reason);
    }

    /// <summary>Where fields of the survivor went back, that is a version too.</summary>
    void Version(WriteSession session, PersonRow survivor, string reason)
    {
        var now = Row(session, survivor.Id);
        if (now == survivor)
            return;
        PersonVersions.Keep(session, keyring, [survivor], reason);
        session.Update(PersonRow.Rows, [now with { Version = survivor.Version + 1 }]);
    }

    void Keep(WriteSession session, PersonMove move, PersonRow survivor, MergeGrounds grounds, List<RowChange> changes)
    {
        var nth = session.Scalar<long?>($"SELECT max(nth) FROM person_merge WHERE loser {session.InIds("ids")} OR survivor {session.InIds("ids")}",
            new { ids = session.Keys(Cluster(session, move)) }) ?? 0;
        session.Insert(MergeRow.Rows, [new MergeRow
        {
            Owner = move.Owner,
            Id = move.Merge,
            Loser = move.Loser,
            Survivor = survivor.Id,
            SurvivorOwner = survivor.Owner,
            Nth = nth + 1,
            Score = grounds.Score,
            Reasons = grounds.Reasons,
            Reason = grounds.Reason,
            Changes = changes.Count,
            At = session.Now,
            Actor = session.Actor.ToString(),
        }]);
        session.Insert(ChangeRows, [.. changes.Select((c, i) => (move.Owner, move.Merge, (long)i, c.Table, keyring.Seal(move.Owner, Personal.Of(c.ToJson()))))]);
        Issues(session, move);
    }

    static List<Guid> Cluster(Session session, PersonMove move) =>
        [.. MergeRow.Around(session, [move.Loser, move.Survivor]).SelectMany(m => new[] { m.Loser, m.Survivor }).Append(move.Loser).Append(move.Survivor).Distinct()];

    static void Issues(WriteSession session, PersonMove move)
    {
        var from = session.Scalar<long?>("SELECT max(seq) FROM person_merge_issue WHERE owner = @Owner AND merge = @Merge", new { move.Owner, move.Merge }) ?? 0;
        session.Insert(MergeIssueRow.Rows, [.. move.Issues.Select((issue, i) => new MergeIssueRow
        {
            Owner = move.Owner,
            Merge = move.Merge,
            Seq = from + i + 1,
            Kind = issue.Kind,
            SubjectKind = issue.About.Kind,
            SubjectId = issue.About.Id,
        })]);
    }

    static PersonMove Move(Guid merge, PersonRow loser, PersonRow survivor, bool back) => new()
    {
        Merge = merge,
        Owner = loser.Owner,
        Loser = loser.Id,
        Survivor = survivor.Id,
        SurvivorOwner = survivor.Owner,
        Back = back,
    };

    static PersonRow Row(Session session, Guid id) => session.One<PersonRow>("SELECT * FROM person WHERE id = @id", new { id })
        ?? throw new CorruptException("person_merge", $"names {id:N}, which is not there");

    static readonly Table<(string Owner, Guid Merge, long Seq, string Table, byte[] Sealed)> ChangeRows = new("person_merge_row",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("merge", ColumnType.Uuid, r => r.Merge, Key: true),
        new("seq", ColumnType.Big, r => r.Seq, Key: true),
        new("table_name", ColumnType.Text, r => r.Table),
        new("sealed", ColumnType.Bytes, r => r.Sealed));

    sealed class ChangeRow
    {
        public string TableName { get; init; } = "";

        public byte[] Sealed { get; init; } = [];
    }
}

/// <summary>The row follows nobody.</summary>
public sealed record NotMerged() : Refusal("not_merged", RefusalKind.Conflict, "This row follows no other. There is nothing to take apart.", "该记录未并入其他人员，无需拆分。");
