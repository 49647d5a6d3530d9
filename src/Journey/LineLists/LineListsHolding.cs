using Qipan.Registers;

namespace Qipan.LineLists;

/// <summary>The rows of lists follow their case or contact when its person turns out to be another.</summary>
sealed class LineListsHolding : IHoldsPersons
{
    public IReadOnlyList<PersonColumn> Columns { get; } =
    [
        new("list_row", "person", "owner", "list", "kind", "row_id")
        {
            Found = "subject IN (SELECT y.id FROM case_record y WHERE y.person IN (@a, @b) UNION ALL SELECT y.id FROM contact y WHERE y.person IN (@a, @b))",
        },
    ];
}
