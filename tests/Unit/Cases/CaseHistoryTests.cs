using Qipan.Cases;
using Xunit;

namespace Qipan.Unit.Cases;

public sealed class CaseHistoryTests
{
    /// <summary>They never change, or they stand beside a field that is kept: who reported beside when.</summary>
    static readonly string[] NotKept =
    [
        "owner", "id", "no", "person_owner", "disease", "protocol", "opened_by_kind", "opened_by_id", "opened_at", "version", "reported_by", "reviewed_by",
        "contacts_asked_by",
    ];

    [Fact]
    public void Every_field_of_a_case_has_a_history_or_never_changes() =>
        Assert.Equal(CaseRow.Rows.Columns.Select(c => c.Name).Except(NotKept).Order(), CaseHistory.Fields.Order());

    [Fact]
    public void Fewer_than_a_thousand_fields_are_kept_so_that_their_places_fit_between_two_versions() => Assert.InRange(CaseHistory.Fields.Count, 1, 999);
}
