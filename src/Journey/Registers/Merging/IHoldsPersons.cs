using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>
/// A module whose rows name persons. When two rows of the register turn out to be one person 并档, everything that named the one names the other, and
/// names the first again when they come apart (INV-21). Each module that keeps persons registers one; a test goes over every table of the schema and
/// fails on a column of ids that no module speaks for. Safe for all threads; a merge is one unit, and calls the modules in the order of the journey.
/// </summary>
public interface IHoldsPersons
{
    /// <summary>Every column of the module's tables that holds the id of a person.</summary>
    IReadOnlyList<PersonColumn> Columns { get; }

    /// <summary>Why these two cannot be one yet; null: they can.</summary>
    Refusal? Refuses(Session session, PersonMove move) => null;

    /// <summary>Asked of every module before the first row moves.</summary>
    void Prepare(WriteSession session, PersonMove move)
    {
    }

    /// <summary>Moves the module's rows and raises what does not go together. Not called when persons come apart: rows are put back as they were.</summary>
    void Move(WriteSession session, PersonMove move) => PersonMoves.Follow(session, move, Columns);

    /// <summary>When persons come apart: what came since under an id or a document of the one that followed goes back with it.</summary>
    /// <param name="session">The unit.</param>
    /// <param name="move">Who and whither; the loser stands for itself again.</param>
    /// <param name="since">When they were joined.</param>
    void Return(WriteSession session, PersonMove move, DateTimeOffset since)
    {
    }

    /// <summary>After the rows of all modules moved, in either direction: counters and other sums over them.</summary>
    /// <param name="session">The unit.</param>
    /// <param name="move">Who and whither.</param>
    /// <param name="before">The rows that named either of them.</param>
    /// <param name="after">The same now.</param>
    void Balance(WriteSession session, PersonMove move, HeldRows before, HeldRows after)
    {
    }

    /// <summary>Last, in either direction: what is judged by the rows of several modules, through their own use cases.</summary>
    void Settle(WriteSession session, PersonMove move)
    {
    }
}

/// <summary>A column that holds a person's id.</summary>
/// <param name="Table">The table; it has a column <c>owner</c>.</param>
/// <param name="Column">The column: a uuid, or a text of 32 digits.</param>
/// <param name="Key">The table's primary key.</param>
public sealed record PersonColumn(string Table, string Column, params IReadOnlyList<string> Key)
{
    /// <summary>The column beside it that holds the county of the person's row.</summary>
    public string? County { get; init; }

    /// <summary>SQL: in which rows the column holds a person; null: in all.</summary>
    public string? Where { get; init; }

    /// <summary>SQL over <c>@a</c> and <c>@b</c>: how the rows of two persons are found where the column has no index of its own.</summary>
    public string? Found { get; init; }

    /// <summary>True: the row says what that row of the register is, and stays with it.</summary>
    public bool Own { get; init; }

    /// <summary>True: the module moves it in a way of its own.</summary>
    public bool Special { get; init; }

    /// <summary>The issue that is raised when both persons have the same row; the one's is taken away into the merge then, and comes back with it.</summary>
    public string? BothHave { get; init; }

    /// <summary>True: rows that a merge added go when it is undone, whatever they say by then.</summary>
    public bool Derived { get; init; }

    /// <summary>
    /// The column that says when a row was written: rows that came while two were one, and stay with the survivor when they come apart, are listed.
    /// </summary>
    public string? Since { get; init; }

    /// <summary>Columns that count changes, and are not put back.</summary>
    public IReadOnlyList<string> Counters { get; init; } = [];

    /// <summary>
    /// Columns that say one thing, the leading one first, such as the state of a row and how it came to it: when persons come apart they are put back
    /// together, where the leading one is as the merge left it, or not at all.
    /// </summary>
    public IReadOnlyList<string> Together { get; init; } = [];

    internal string Finds => Found ?? $"{Column} IN (@a, @b)" + (Where is null ? "" : $" AND {Where}");
}
