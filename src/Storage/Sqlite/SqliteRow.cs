using System.Collections.Concurrent;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using Qipan.Kernel;
using SQLitePCL;

namespace Qipan.Storage.Sqlite;

/// <summary>
/// Makes rows straight from SQLite's columns, by the rules that <see cref="Session"/> promises: snake_case maps to PascalCase, what has
/// no property is left out, NULL leaves the property as it is.
/// </summary>
static class SqliteRow<T>
{
    /// <summary>False for types that only Dapper makes: those without a constructor of no arguments, tuples, untyped rows.</summary>
    public static readonly bool CanMake = SqliteRow.IsValue(typeof(T))
        || (typeof(T) is { IsClass: true, IsAbstract: false } && typeof(T) != typeof(object) && Constructor is not null
            && Array.TrueForAll(typeof(T).GetProperties(), p => p.SetMethod is null || SqliteRow.IsValue(p.PropertyType)));

    static readonly ConcurrentDictionary<string, Func<sqlite3_stmt, T>> Makers = new(StringComparer.Ordinal);

    static ConstructorInfo? Constructor => typeof(T).GetConstructor(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance, []);

    /// <summary>Compiled once for each list of columns.</summary>
    public static Func<sqlite3_stmt, T> MakerOf(sqlite3_stmt statement) => Makers.GetOrAdd(
        string.Join(',', Enumerable.Range(0, raw.sqlite3_column_count(statement)).Select(i => raw.sqlite3_column_name(statement, i).utf8_to_string())),
        columns => Compiled(columns.Split(',')));

    static Func<sqlite3_stmt, T> Compiled(string[] columns)
    {
        var row = Expression.Parameter(typeof(sqlite3_stmt));
        if (SqliteRow.IsValue(typeof(T)))
            return Expression.Lambda<Func<sqlite3_stmt, T>>(
                Expression.Condition(SqliteRow.IsNull(row, 0), Expression.Default(typeof(T)), SqliteRow.Read(row, 0, typeof(T))), row).Compile();
        var made = Expression.Variable(typeof(T));
        var steps = new List<Expression> { Expression.Assign(made, Expression.New(Constructor!)) };
        var properties = typeof(T).GetProperties().Where(p => p.SetMethod is not null).ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < columns.Length; i++)
        {
            if (properties.TryGetValue(columns[i].Replace("_", "", StringComparison.Ordinal), out var property))
                steps.Add(Expression.IfThen(Expression.Not(SqliteRow.IsNull(row, i)),
                    Expression.Call(made, property.SetMethod!, SqliteRow.Read(row, i, property.PropertyType))));
        }
        steps.Add(made);
        return Expression.Lambda<Func<sqlite3_stmt, T>>(Expression.Block([made], steps), row).Compile();
    }
}

static class SqliteRow
{
    public static bool IsId(Type type) =>
        type.IsValueType && Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>));

    /// <summary>What one column holds.</summary>
    public static bool IsValue(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsEnum || IsId(plain) || plain == typeof(string) || plain == typeof(Guid) || plain == typeof(long) || plain == typeof(int)
            || plain == typeof(short) || plain == typeof(bool) || plain == typeof(double) || plain == typeof(DateTimeOffset) || plain == typeof(DateOnly)
            || plain == typeof(byte[]);
    }

    public static Expression IsNull(Expression row, int column) => Expression.Call(typeof(SqliteRow), nameof(Empty), null, row, Expression.Constant(column));

    public static Expression Read(Expression row, int column, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        Expression Call(string reader) => Expression.Call(typeof(SqliteRow), reader, null, row, Expression.Constant(column));
        var value = plain switch
        {
            _ when plain == typeof(string) => Call(nameof(Text)),
            _ when plain == typeof(Guid) => Call(nameof(Id)),
            _ when plain == typeof(bool) => Call(nameof(Flag)),
            _ when plain == typeof(double) => Call(nameof(Real)),
            _ when plain == typeof(byte[]) => Call(nameof(Bytes)),
            _ when plain == typeof(DateTimeOffset) => Call(nameof(Instant)),
            _ when plain == typeof(DateOnly) => Call(nameof(Date)),
            _ when IsId(plain) => Expression.Call(plain.GetMethod(nameof(PersonId.Of), [typeof(Guid)])!, Call(nameof(Id))),
            _ => Expression.ConvertChecked(Call(nameof(Number)), plain.IsEnum ? Enum.GetUnderlyingType(plain) : plain),
        };
        return value.Type == type ? value : Expression.Convert(value.Type == plain ? value : Expression.Convert(value, plain), type);
    }

    static bool Empty(sqlite3_stmt row, int column) => raw.sqlite3_column_type(row, column) == raw.SQLITE_NULL;

    static long Number(sqlite3_stmt row, int column) => raw.sqlite3_column_int64(row, column);

    static bool Flag(sqlite3_stmt row, int column) => raw.sqlite3_column_int64(row, column) != 0;

    static double Real(sqlite3_stmt row, int column) => raw.sqlite3_column_double(row, column);

    static string Text(sqlite3_stmt row, int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(row, column));

    static byte[] Bytes(sqlite3_stmt row, int column) => raw.sqlite3_column_blob(row, column).ToArray();

    static DateTimeOffset Instant(sqlite3_stmt row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(raw.sqlite3_column_int64(row, column));

    static DateOnly Date(sqlite3_stmt row, int column) => DateOnly.ParseExact(Text(row, column), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    static Guid Id(sqlite3_stmt row, int column) => raw.sqlite3_column_blob(row, column) is { Length: 16 } bytes ? new Guid(bytes, bigEndian: true)
        : throw new CorruptException("id column", "does not hold 16 bytes");
}
