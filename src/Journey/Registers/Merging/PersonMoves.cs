using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>The plain way in which rows follow a person.</summary>
public static class PersonMoves
{
    /// <summary>
    /// Every row of these columns that names the loser names the survivor. Where the survivor has the same row already, the loser's is taken away
    /// (it is kept with the merge) and the column's issue is raised. Columns with a way of their own are left out.
    /// </summary>
    public static void Follow(WriteSession session, PersonMove move, IEnumerable<PersonColumn> columns)
    {
        foreach (var column in columns)
        {
            if (column.Own || column.Special)
                continue;
            var args = new { move.Loser, move.Survivor, move.SurvivorOwner, a = move.Loser, b = move.Survivor };
            var mine = (column.Found is null ? "" : $"({column.Found}) AND ") + $"{column.Column} = @Loser" + (column.Where is null ? "" : $" AND {column.Where}");
            var keyed = column.Key.Contains(column.Column);
            var free = !keyed ? "" : $" AND NOT EXISTS (SELECT 1 FROM {column.Table} x WHERE x.{column.Column} = @Survivor"
                + string.Concat(column.Key.Where(k => k != column.Column).Select(k => $" AND x.{k} = {column.Table}.{k}")) + ")";
            session.Execute($"UPDATE {column.Table} SET {column.Column} = @Survivor{(column.County is null ? "" : $", {column.County} = @SurvivorOwner")} WHERE {mine}{free}", args);
            if (!keyed || column.BothHave is not { } issue)
                continue;
            var named = column.Key.First(k => k != "owner" && k != column.Column);
            foreach (var id in session.Query<Guid>($"SELECT {named} FROM {column.Table} WHERE {mine}", args))
                move.Raise(issue, new Ref(column.Table, id));
            session.Execute($"DELETE FROM {column.Table} WHERE {mine}", args);
        }
    }
}
