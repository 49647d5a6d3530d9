using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Merging;

/// <summary>Every column of ids in the schema either holds persons, and a module speaks for it in a merge, or is known to hold something else.</summary>
[Trait("area", "registers")]
public sealed class PersonColumnTests
{
    /// <summary>
    /// Columns of ids that never hold a person. A new column of ids stands here, or in <see cref="IHoldsPersons.Columns"/> of its module: where it can hold
    /// a person and is left out, a merge loses the link.
    /// </summary>
    static readonly Dictionary<string, string> Others = new()
    {
        ["antigen"] = "id round device",
        ["box"] = "id lab opened_by sent_by",
        ["case_change"] = "case_id",
        ["case_finding"] = "case_id",
        ["case_record"] = "id cluster",
        ["cluster"] = "id",
        ["contact"] = "id index_case index_contact team",
        ["contact_change"] = "contact",
        ["contact_task"] = "id contact team",
        ["custody"] = "subject_id fact",
        ["device"] = "id unit token_hash",
        ["discrepancy"] = "id round",
        ["duplicate_pair"] = "",
        ["duty"] = "owner_unit",
        ["duty_evidence"] = "",
        ["fact"] = "id submission subject",
        ["handover"] = "id subject_id",
        ["household"] = "id phone_key",
        ["import_job"] = "id",
        ["investigation"] = "id case_id assignee",
        ["itinerary_item"] = "id case_id venue text_id replaces",
        ["itinerary_text"] = "id case_id",
        ["itinerary_unread"] = "text_id",
        ["laboratory"] = "id unit",
        ["laboratory_operator"] = "lab",
        ["org_unit"] = "id parent",
        ["list_import"] = "id",
        ["list_link"] = "link job",
        ["list_row"] = "id subject person_key job",
        ["outbox"] = "id",
        ["outbox_delivery"] = "event_id",
        ["access_log"] = "",
        ["person"] = "household",
        ["person_document"] = "doc_key",
        ["person_merge"] = "id",
        ["person_merge_issue"] = "merge",
        ["person_merge_row"] = "merge",
        ["person_phone"] = "phone_key",
        ["plan_proposal"] = "id contact",
        ["plate_layout"] = "id lab",
        ["pool_alert"] = "id tube round result team",
        ["pool_alert_member"] = "alert registration resample_tube resample2_tube",
        ["re_positive"] = "case_id",
        ["registration"] = "id round tube session device",
        ["release_decision"] = "id contact",
        ["result"] = "id tube run supersedes",
        ["result_action"] = "result",
        ["roster"] = "id",
        ["roster_member"] = "roster",
        ["roster_work"] = "round exemption after_id",
        ["round"] = "id",
        ["round_area_risk"] = "round",
        ["round_exemption"] = "id round",
        ["round_final"] = "round",
        ["round_guest"] = "round",
        ["round_sampled"] = "round",
        ["round_scope"] = "round",
        ["run"] = "id lab round layout",
        ["run_refusal"] = "run",
        ["run_well"] = "run tube",
        ["sampling_point"] = "id",
        ["sampling_session"] = "id point round device",
        ["staff"] = "id unit",
        ["staff_grant"] = "staff",
        ["staff_session"] = "token_hash staff",
        ["submission"] = "id device",
        ["trace_work"] = "id case_id",
        ["trail"] = "id",
        ["transmission_link"] = "id from_case to_case",
        ["tube"] = "id round opened_by session box lab result alert",
        ["tube_event"] = "tube id fact",
        ["venue"] = "id",
    };

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_21_no_column_that_can_hold_a_person_is_forgotten_by_a_merge(StoreKind kind)
    {
        await using var world = await MergeWorld.Open(kind);
        var held = world.Merges.Columns.Select(c => $"{c.Table}.{c.Column}").ToHashSet();
        var others = Others.SelectMany(t => t.Value.Split(' ').Select(c => $"{t.Key}.{c}")).ToHashSet();
        var columns = world.Store.Read(s => Schemas.Tables(s).ConvertAll(t => RowShape.Of(s, t)));
        var ids = columns.SelectMany(t => t.Names.Where((_, i) => t.Types[i] == ColumnType.Uuid).Select(n => $"{t.Table}.{n}")).ToList();
        Assert.True(ids.Count > 150, "The schema has far more columns of ids.");
        Assert.Empty(ids.Where(c => !held.Contains(c) && !others.Contains(c)));

        // And what modules speak for is there, under its whole primary key.
        var names = columns.ToDictionary(t => t.Table, t => t.Names.ToHashSet());
        Assert.Empty(world.Merges.Columns.Where(c => !names.TryGetValue(c.Table, out var its) || !its.Contains(c.Column) || c.Key.Any(k => !its.Contains(k))));
        foreach (var column in world.Merges.Columns)
            Assert.Equal(world.Store.Read(s => PrimaryKey(s, column.Table)), column.Key.Order());
    }

    [Fact]
    public void A_column_of_persons_and_others_is_not_listed_twice()
    {
        var world = new PersonMerges(MergeWorld.Keys, MergeWorld.Holders);
        var held = world.Columns.Select(c => $"{c.Table}.{c.Column}").ToHashSet();
        Assert.Empty(Others.SelectMany(t => t.Value.Split(' ').Select(c => $"{t.Key}.{c}")).Where(c => held.Contains(c) && c != "person.id"));
    }

    static IEnumerable<string> PrimaryKey(Session session, string table) => session.Query<string>(session.Kind == StoreKind.Sqlite
        ? "SELECT name FROM pragma_table_info(@table) WHERE pk > 0 ORDER BY name"
        : """
            SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
            WHERE i.indrelid = to_regclass(@table) AND i.indisprimary ORDER BY 1
            """, new { table }).Order();
}
