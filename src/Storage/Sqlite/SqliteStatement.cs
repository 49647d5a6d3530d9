using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Qipan.Kernel;
using SQLitePCL;

namespace Qipan.Storage.Sqlite;

/// <summary>
/// A statement that stays prepared, with what is known of its arguments and rows. Preparing costs more than running for most of what a
/// use case asks, and so does a command object.
/// </summary>
sealed class SqliteStatement(sqlite3 connection, sqlite3_stmt statement) : IDisposable
{
    static readonly ConcurrentDictionary<Type, Dictionary<string, Func<object, object?>>> Arguments = new();

    readonly string?[] parameters = [.. Enumerable.Range(1, raw.sqlite3_bind_parameter_count(statement))
        .Select(i => raw.sqlite3_bind_parameter_name(statement, i).utf8_to_string())];

    Type? boundType;
    Func<object, object?>?[] getters = [];
    int freeAt;
    Delegate? maker;

    /// <summary>True while its rows are read one by one.</summary>
    public bool InUse { get; set; }

    /// <summary>False for one that ends with its use.</summary>
    public bool Kept { get; set; }

    /// <summary>True when all parameters are @names, as everywhere in this program.</summary>
    public bool IsNamed => Array.TrueForAll(parameters, p => p is ['@', ..]);

    /// <summary>Binds all parameters but the free one to the properties of the same names.</summary>
    public void Bind(object? args, SqliteBinding binding, string? free = null)
    {
        if (parameters.Length == 0)
            return;
        if (boundType != (args?.GetType() ?? typeof(void)))
        {
            var known = args is null ? [] : Arguments.GetOrAdd(args.GetType(), GettersOf);
            getters = Array.ConvertAll(parameters, p => p == free ? null : known.TryGetValue(p![1..], out var getter) ? getter
                : throw new InvalidOperationException($"The statement has the parameter {p}, and the arguments do not."));
            freeAt = Array.IndexOf(parameters, free) + 1;
            boundType = args?.GetType() ?? typeof(void);
        }
        for (var i = 0; i < getters.Length; i++)
            if (getters[i] is { } getter)
                Check(binding.Bind(statement, i + 1, getter(args!)));
    }

    /// <summary>Binds the parameter that was left free.</summary>
    public void BindFree(object? value, SqliteBinding binding) => Check(binding.Bind(statement, freeAt, value));

    /// <summary>True when there is a row to read.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(statement);
        if (result == raw.SQLITE_ROW)
            return true;
        if (result == raw.SQLITE_DONE)
            return false;
        // The reset gives the error of the step once more, with its details.
        var reset = raw.sqlite3_reset(statement);
        Check(reset != raw.SQLITE_OK ? reset : result);
        return false;
    }

    public void Reset() => raw.sqlite3_reset(statement);

    /// <summary>The row that the last step found.</summary>
    public T Row<T>() => ((Func<sqlite3_stmt, T>)(maker is Func<sqlite3_stmt, T> ? maker : maker = SqliteRow<T>.MakerOf(statement)))(statement);

    public void Dispose() => statement.Dispose();

    void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(code, connection);
    }

    static Dictionary<string, Func<object, object?>> GettersOf(Type type)
    {
        var all = new Dictionary<string, Func<object, object?>>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanRead && p.GetIndexParameters().Length == 0))
        {
            var args = Expression.Parameter(typeof(object));
            Expression value = Expression.Property(Expression.Convert(args, type), property);
            if (SqliteRow.IsId(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType))
            {
                var id = Nullable.GetUnderlyingType(property.PropertyType) is null ? value : Expression.Property(value, "Value");
                var guid = Expression.Convert(Expression.Property(id, nameof(PersonId.Value)), typeof(object));
                value = id == value ? guid : Expression.Condition(Expression.Property(value, "HasValue"), guid, Expression.Constant(null));
            }
            all[property.Name] = Expression.Lambda<Func<object, object?>>(Expression.Convert(value, typeof(object)), args).Compile();
        }
        return all;
    }
}
