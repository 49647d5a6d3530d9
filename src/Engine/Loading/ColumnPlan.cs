using System.Text;

namespace Qipan.Engine.Loading;

/// <summary>The fields of one row; valid until the next one is split.</summary>
ref struct VisitFields
{
    public ReadOnlySpan<byte> Person;
    public ReadOnlySpan<byte> Place;
    public ReadOnlySpan<byte> Enter;
    public ReadOnlySpan<byte> Leave;
    public ReadOnlySpan<byte> Area;
}

/// <summary>Which column of a text file is what.</summary>
sealed class ColumnPlan
{
    static readonly string[] InOrder = ["person", "place", "enter", "leave", "area"];

    /// <summary>What headers call each role.</summary>
    static readonly Dictionary<string, string> Names = new[]
    {
        "person person_id visitor visitor_id",
        "place place_id venue venue_id",
        "enter in start from",
        "leave out end to",
        "area sub_area",
    }.SelectMany((names, role) => names.Split(' ').Select(name => (name, InOrder[role])))
        .ToDictionary(n => n.name, n => n.Item2, StringComparer.OrdinalIgnoreCase);

    readonly string?[] roles;
    readonly byte separator;
    byte[] unquoted = [];
    int used;

    ColumnPlan(string?[] roles, byte separator)
    {
        this.roles = roles;
        this.separator = separator;
    }

    /// <summary>
    /// The plan for a file whose first row this is. It is a header when it holds the names of the given columns, or, without
    /// these, when its enter column is no instant.
    /// </summary>
    public static ColumnPlan Of(ReadOnlySpan<byte> firstRow, LoadOptions options, out bool isHeader)
    {
        var between = firstRow.Contains((byte)'\t') ? (byte)'\t' : firstRow.Contains((byte)';') && !firstRow.Contains((byte)',') ? (byte)';' : (byte)',';
        var first = Encoding.UTF8.GetString(firstRow).Split((char)between).Select(name => name.Trim().Trim('"')).ToArray();
        if (options.Columns is { } given)
        {
            isHeader = given.All(name => first.Contains(name, StringComparer.OrdinalIgnoreCase));
            var role = given.All(name => Array.IndexOf(InOrder, name.ToLowerInvariant()) >= 0)
                ? given.ToDictionary(name => name, string? (name) => name.ToLowerInvariant(), StringComparer.OrdinalIgnoreCase)
                : given.Index().ToDictionary(c => c.Item, c => RoleOf(c.Item, c.Index), StringComparer.OrdinalIgnoreCase);
            return new ColumnPlan([.. (isHeader ? first : given).Select(name => role.GetValueOrDefault(name))], between);
        }
        isHeader = first.Length > 2 && Instants.Parse(first[2]) is null;
        var named = first.Select(name => Names.GetValueOrDefault(name)).ToArray();
        return new ColumnPlan(isHeader && named.Contains("person") && named.Contains("place") && named.Contains("enter") ? named : InOrder, between);
    }

    /// <summary>A given name that is no role stands for the role at its position, as the header's own names do.</summary>
    static string? RoleOf(string name, int position) =>
        Names.TryGetValue(name, out var role) ? role : position < InOrder.Length && name != "-" ? InOrder[position] : null;

    public bool Split(ReadOnlySpan<byte> row, out VisitFields fields)
    {
        fields = default;
        if (unquoted.Length < row.Length)
            unquoted = new byte[Math.Max(256, 2 * row.Length)];
        used = 0;
        var rest = row;
        var found = 0;
        for (var column = 0; column < roles.Length; column++)
        {
            ReadOnlySpan<byte> field;
            if (!rest.IsEmpty && rest[0] == '"')
            {
                var start = used;
                var end = Unquote(rest);
                if (end < 0)
                    return false;
                field = unquoted.AsSpan(start, used - start);
                rest = rest[end..];
            }
            else
            {
                var end = rest.IndexOf(separator);
                field = end < 0 ? rest : rest[..end];
                rest = end < 0 ? default : rest[end..];
            }
            found += Take(roles[column], field, ref fields);
            if (rest.IsEmpty)
                break;
            rest = rest[1..];
        }
        return found >= 3;
    }

    static int Take(string? role, ReadOnlySpan<byte> field, ref VisitFields fields)
    {
        switch (role)
        {
            case "person":
                fields.Person = field;
                return 1;
            case "place":
                fields.Place = field;
                return 1;
            case "enter":
                fields.Enter = field;
                return 1;
            case "leave":
                fields.Leave = field;
                return 0;
            case "area":
                fields.Area = field;
                return 0;
            default:
                return 0;
        }
    }

    /// <summary>Where the field ends, behind its quote; -1 where it does not.</summary>
    int Unquote(ReadOnlySpan<byte> rest)
    {
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '"' && (i + 1 == rest.Length || rest[i + 1] != '"'))
                return i + 1 == rest.Length || rest[i + 1] == separator ? i + 1 : -1;
            unquoted[used++] = rest[i];
            if (rest[i] == '"')
                i++;
        }
        return -1;
    }
}
