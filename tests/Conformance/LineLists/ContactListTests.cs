using Qipan.Storage;
using Qipan.Testing;
using Qipan.Tracing;
using Xunit;

namespace Qipan.Conformance.LineLists;

/// <summary>Contact lists of other programs, through the ready mappings. Persons are invented.</summary>
[Trait("area", "lists")]
public sealed class ContactListTests
{
    const string Cases = "Case SN,Case ID,Disease,First name,Last name,Sex,Date of birth,Date of report,Case classification,Outcome of case,Date of symptom onset\n"
        + "1,AAAA-1,Measles,Gerda,Test,FEMALE,1990-02-03,3/12/2022,CONFIRMED,NO_OUTCOME,3/10/2022\n"
        + "2,AAAA-2,Measles,Hans,Test,MALE,1985,3/13/2022,Confirmed case,Recovered,2022-03-11\n"
        + "3,AAAA-3,Measles,Ida,Test,FEMALE,1979-09-09,3/13/2022,NO_CASE,NO_OUTCOME,\n";

    const string Contacts = "Contact ID,Source case ID,First name of contact person,Last name of contact person,Sex,Date of birth,Date of last contact,Follow-up status\n"
        + "C-1,AAAA-1,Jutta,Test,FEMALE,1992-01-01,3/11/2022,FOLLOW_UP\n"
        + "C-2,AAAA-1,Karl,Test,MALE,1991,3/11/2022,COMPLETED\n"
        + "C-3,AAAA-2,Lena,Test,FEMALE,1993-05-05,2022-03-12,No follow-up\n"
        + "C-4,BBBB-9,Max,Test,MALE,1970,3/11/2022,FOLLOW_UP\n"
        + "C-5,AAAA-3,Nora,Test,FEMALE,1970,3/11/2022,FOLLOW_UP\n"
        + "C-6,AAAA-2,Otto,Test,MALE,1970,,FOLLOW_UP\n"
        + "C-7,AAAA-2,Paul,Test,MALE,1971-01-01,3/11/2022,Lost to follow-up\n"
        + "C-8,AAAA-1,Gerda,Test,FEMALE,1990-02-03,3/11/2022,FOLLOW_UP\n";

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task SORMAS_exports_of_cases_and_contacts_are_read_by_the_ready_mappings(StoreKind kind)
    {
        await using var world = await ListWorld.Open(kind);
        var cases = await world.Text(Cases, world.Book.Named("sormas-cases").Value, name: "cases.csv");
        Assert.Equal((3, 0), ((int)cases.Accepted, (int)cases.Refused));
        Assert.Equal(new DateOnly(2022, 3, 10), world.Case("AAAA-1").Onset);
        var report = await world.Text(Contacts, world.Book.Named("sormas-contacts").Value, name: "contacts.csv");
        Assert.Equal([(5L, "Source case ID", "case_unknown_in_list"), (6L, "Source case ID", "case_ruled_out"), (7L, "Date of last contact", "exposure_needed"),
            (9L, "Source case ID", "contact_is_index")], report.FirstRefused.Select(r => (r.Row, r.Column!, r.Code)));
        Assert.Equal(4, report.Accepted);
        var rows = world.Store.Read(s => s.Query<ContactRow>("SELECT c.* FROM contact c JOIN list_row r ON r.subject = c.id ORDER BY r.row_id"));
        Assert.Equal([ContactState.Determined, ContactState.Released, ContactState.Proposed, ContactState.Lost], rows.Select(r => r.State));
        // What still runs has the plan of the protocol that holds here; what ended elsewhere has the list as its evidence.
        Assert.Equal([true, false, false, true], rows.Select(r => r.Plan is not null));
        Assert.All(rows, r => Assert.Equal("list", r.ReadEvidence().Facts.Single().Source));
        Assert.Equal(1, world.Count("release_decision"));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_contact_list_that_is_imported_again_moves_states_where_the_table_allows_and_makes_nobody_twice(StoreKind kind)
    {
        await using var world = await ListWorld.Open(kind);
        await world.Text(Cases, world.Book.Named("sormas-cases").Value, name: "cases.csv");
        var mapping = world.Book.Named("sormas-contacts").Value;
        var head = Contacts[..(Contacts.IndexOf('\n') + 1)];
        const string One = "C-1,AAAA-1,Jutta,Test,FEMALE,1992-01-01,3/11/2022,", Two = "C-2,AAAA-1,Karl,Test,MALE,1991,3/11/2022,";
        await world.Text(head + One + "FOLLOW_UP\n" + Two + "NO_FOLLOW_UP\n", mapping, name: "contacts.csv");
        Assert.Equal(2, (await world.Text(head + One + "FOLLOW_UP\n" + Two + "NO_FOLLOW_UP\n", mapping, name: "contacts.csv")).Had);
        var next = await world.Text(head + One + "LOST\n" + Two + "FOLLOW_UP\n", mapping, name: "contacts.csv");
        Assert.Equal((2, 0), ((int)next.Updated, (int)next.Refused));
        var end = await world.Text(head + One + "LOST\n" + Two + "COMPLETED\n", mapping, name: "contacts.csv");
        Assert.Equal((1, "release_needs_decision"), ((int)end.Had, end.FirstRefused.Single().Code));
        Assert.Equal((2L, 5L), (world.Count("contact"), world.Count("person")));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Go_Data_exports_with_their_own_names_of_columns_are_read_by_the_ready_mappings(StoreKind kind)
    {
        await using var world = await ListWorld.Open(kind);
        const string Listed = "id,visualId,dateOfReporting,firstName,lastName,gender,age.years,classification,dateOfOnset,isDateOfOnsetApproximate,outcomeId,dateOfOutcome\n"
            + "f00d,OUT-001,2022-03-12T00:00:00.000Z,Quint,Test,LNG_REFERENCE_DATA_CATEGORY_GENDER_MALE,40,LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_CONFIRMED,2022-03-10T00:00:00.000Z,true,LNG_REFERENCE_DATA_CATEGORY_OUTCOME_DECEASED,2022-03-15T00:00:00.000Z\n"
            + "beef,OUT-002,2022-03-13T00:00:00.000Z,Rosa,Test,LNG_REFERENCE_DATA_CATEGORY_GENDER_FEMALE,30,LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_SUSPECT,,false,,\n";
        var mapping = ListWorld.Mapping(world.Book.Named("go-data-cases").Value.Text + "\ndefaults: { disease: EBOLA }\n");
        var cases = await world.Text(Listed, mapping, name: "cases.csv");
        Assert.Equal((2, 0), ((int)cases.Accepted, (int)cases.Refused));
        var row = world.Case("OUT-001");
        Assert.Equal((new DateOnly(2022, 3, 10), true, new DateOnly(2022, 3, 15), Qipan.Cases.CaseOutcome.Died), (row.Onset, row.OnsetAbout, row.DeathOn, row.Outcome));
        Assert.Equal("1982", world.Store.Read(s => s.Scalar<string>("SELECT birth FROM person WHERE id = @Person", new { row.Person })));
        const string Met = "visualId,sourcePerson,firstName,lastName,gender,contactDate,exposureTypeId\nCON-1,OUT-001,Susi,Test,LNG_REFERENCE_DATA_CATEGORY_GENDER_FEMALE,2022-03-12T00:00:00.000Z,household\n";
        var contacts = await world.Text(Met, world.Book.Named("go-data-contacts").Value, name: "contacts.csv");
        Assert.Equal((1, 0), ((int)contacts.Accepted, (int)contacts.Refused));
        world.AssertVerified();
    }
}
