namespace Qipan.Storage;

/// <summary>The two stores. One schema, one suite of tests, two dialects only where they differ.</summary>
public enum StoreKind
{
    Sqlite = 1,
    Postgres = 2,
}
