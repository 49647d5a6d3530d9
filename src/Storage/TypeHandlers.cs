using System.Data;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Qipan.Kernel;

namespace Qipan.Storage;

/// <summary>Teaches Dapper how ids, instants and dates are kept, once per process.</summary>
public static class RowTypes
{
    static RowTypes()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.RemoveTypeMap(typeof(Guid));
        SqlMapper.RemoveTypeMap(typeof(Guid?));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.RemoveTypeMap(typeof(DateOnly));
        SqlMapper.RemoveTypeMap(typeof(DateOnly?));
        SqlMapper.AddTypeHandler(new GuidHandler());
        SqlMapper.AddTypeHandler(new InstantHandler());
        SqlMapper.AddTypeHandler(new DateHandler());
        Register<PersonId>();
        Register<UnitId>();
    }

    /// <summary>Runs the registration; called before the first store is opened.</summary>
    internal static void Ready() => System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(RowTypes).TypeHandle);

    /// <summary>Lets rows and arguments hold this id type. Each module registers its own when it is added.</summary>
    public static void Register<TId>()
        where TId : struct, IId<TId> => SqlMapper.AddTypeHandler(new IdHandler<TId>());

    static void SetId(IDbDataParameter parameter, Guid value)
    {
        if (parameter is SqliteParameter)
        {
            parameter.DbType = DbType.Binary;
            parameter.Value = Stored.Bytes(value);
        }
        else
        {
            parameter.DbType = DbType.Guid;
            parameter.Value = value;
        }
    }

    static Guid ReadId(object value) => value switch
    {
        Guid id => id,
        byte[] bytes => new Guid(bytes, bigEndian: true),
        _ => throw new CorruptException("id column", $"holds a {value.GetType().Name} instead of 16 bytes"),
    };

    sealed class GuidHandler : SqlMapper.TypeHandler<Guid>
    {
        public override void SetValue(IDbDataParameter parameter, Guid value) => SetId(parameter, value);

        public override Guid Parse(object value) => ReadId(value);
    }

    sealed class IdHandler<TId> : SqlMapper.TypeHandler<TId>
        where TId : struct, IId<TId>
    {
        public override void SetValue(IDbDataParameter parameter, TId value) => SetId(parameter, value.Value);

        public override TId Parse(object value) => TId.Of(ReadId(value));
    }

    sealed class InstantHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            parameter.DbType = DbType.Int64;
            parameter.Value = value.ToUnixTimeMilliseconds();
        }

        public override DateTimeOffset Parse(object value) =>
            DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(value, CultureInfo.InvariantCulture));
    }

    sealed class DateHandler : SqlMapper.TypeHandler<DateOnly>
    {
        public override void SetValue(IDbDataParameter parameter, DateOnly value)
        {
            parameter.DbType = DbType.String;
            parameter.Value = value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        public override DateOnly Parse(object value) =>
            DateOnly.ParseExact((string)value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
