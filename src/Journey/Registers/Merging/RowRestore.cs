using System.Data.Common;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>
/// Puts rows back as a merge found them, column by column: what was changed since by somebody else stays, and is listed.
/// </summary>
static class RowRestore
{
    public static void PutBack(WriteSession session, PersonMove move, RowChange change, WatchedTable? table)
    {
        var shape = RowShape.Of(session, change.Table);
        var now = shape.Read(session, Where(change.Key), command => BindKey(session, command, shape, change.Key));
        if (change.After is null)
        {
            if (now.Count == 0)
                Insert(session, shape, change.Before!);
            else
                move.Raise(MergeIssues.ChangedSince, About(change));
        }
        else if (now.Count == 0)
        {
            move.Raise(MergeIssues.GoneSince, About(change));
        }
        else if (change.Before is null)
        {
            if (table is { Derived: true } || change.After.All(c => now[0][shape.At(c.Key)] == c.Value))
                Delete(session, shape, change.Key);
            else
                move.Raise(MergeIssues.StaysWithSurvivor, About(change));
        }
        else
        {
            Columns(session, move, shape, change, now[0], table?.Together ?? []);
        }
    }

    static void Columns(WriteSession session, PersonMove move, RowShape shape, RowChange change, string?[] now, IReadOnlyList<string> together)
    {
        bool AsLeft(string column) => now[shape.At(column)] == change.After![column];
        var group = together.Where(change.Before!.ContainsKey).ToList();
        var whole = group.Count > 0 && (group[0] == together[0] ? AsLeft(group[0]) : group.TrueForAll(AsLeft));
        var back = change.Before!.Where(c => group.Contains(c.Key) ? whole : AsLeft(c.Key)).ToList();
        if (change.Before!.Any(c => now[shape.At(c.Key)] is var value && value != change.After![c.Key] && value != c.Value))
            move.Raise(MergeIssues.ChangedSince, About(change));
        if (back.Count == 0)
            return;
        var target = change.Key.ToDictionary(k => k.Key, k => back.Find(b => b.Key == k.Key) is { Key: not null } put ? put.Value : k.Value);
        if (target.Any(k => k.Value != change.Key[k.Key])
            && shape.Read(session, Where(target), command => BindKey(session, command, shape, target)).Count > 0)
        {
            // The place is taken by what was written since under the old id: both stay.
            move.Raise(MergeIssues.ChangedSince, About(change));
            return;
        }
        var command = session.Prepared($"UPDATE {shape.Table} SET {string.Join(", ", back.Select(b => $"{b.Key} = @n_{b.Key}"))} WHERE {Where(change.Key)}");
        foreach (var (column, value) in back)
            shape.Bind(session, command, "n_" + column, column, value);
        BindKey(session, command, shape, change.Key);
        command.ExecuteNonQuery();
    }

    static void Insert(WriteSession session, RowShape shape, Dictionary<string, string?> row)
    {
        var command = session.Prepared(
            $"INSERT INTO {shape.Table} ({string.Join(", ", shape.Names)}) VALUES ({string.Join(", ", shape.Names.Select(n => "@" + n))})");
        foreach (var name in shape.Names)
            shape.Bind(session, command, name, name, row.GetValueOrDefault(name));
        command.ExecuteNonQuery();
    }

    static void Delete(WriteSession session, RowShape shape, Dictionary<string, string?> key)
    {
        var command = session.Prepared($"DELETE FROM {shape.Table} WHERE {Where(key)}");
        BindKey(session, command, shape, key);
        command.ExecuteNonQuery();
    }

    static string Where(Dictionary<string, string?> key) => string.Join(" AND ", key.Keys.Select(k => $"{k} = @k_{k}"));

    static void BindKey(Session session, DbCommand command, RowShape shape, Dictionary<string, string?> key)
    {
        foreach (var (column, value) in key)
            shape.Bind(session, command, "k_" + column, column, value);
    }

    static Ref About(RowChange change) => new(change.Table, string.Join('.', change.Key.Where(k => k.Key != "owner").Select(k => k.Value)));
}
