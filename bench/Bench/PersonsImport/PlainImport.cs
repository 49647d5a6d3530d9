using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Bench.PersonsImport;

/// <summary>The baseline: one transaction, and for each row a lookup of its document, one of its namesakes, and its inserts.</summary>
static class PlainImport
{
    public static async Task<int> Run(Store store, Keyring keys, string file, int rows, RegistersSettings settings)
    {
        using var reader = new StreamReader(file);
        var csv = new CsvRows(reader);
        csv.Read();
        var columns = PersonColumns.Of(csv).Value;
        var residences = new Residences(store);
        var rules = new PersonRules(DateOnly.FromDateTime(store.Clock.GetUtcNow().UtcDateTime), settings.GuardianUnderAge, residences.Of, residences.IsDivision);
        var draft = new PersonDraft();
        return (await store.Write(new WriteScope(Actor.System, "990102"), session =>
        {
            var taken = 0;
            for (; taken < rows && csv.Read(); taken++)
            {
                columns.Read(csv, draft);
                if (CheckedPerson.Of(draft, rules) is { Ok: true } person)
                    Take(session, SealedPerson.Of(keys, person.Value, csv.Number, ""));
            }
            return Outcome.Of(taken);
        })).Value;
    }

    static void Take(WriteSession session, SealedPerson row)
    {
        var person = row.Person;
        if (session.Query<Guid>("SELECT person FROM person_document WHERE doc_key = @DocKey", new { row.DocKey }).Count > 0)
            return;
        var now = session.Now;
        var (id, owner) = (session.NewId(), person.Owner);
        foreach (var namesake in session.Query<Guid>("SELECT id FROM person WHERE owner = @owner AND name_key = @NameKey AND birth = @Birth",
            new { owner, person.NameKey, person.Birth }))
            session.Execute("""
                INSERT INTO duplicate_pair (owner, person_a, person_b, score, reasons, state, found_at) VALUES (@owner, @namesake, @id, 0.5, 'name_birth', 1, @now)
                """, new { owner, namesake, id, now });
        session.Execute("""
            INSERT INTO person (owner, id, name, name_key, sex, birth, residence, household, special_groups, confidence, present_kind, present_owner, present_place, present_since, version, created_at, source)
            VALUES (@owner, @id, @Name, @NameKey, @sex, @Birth, @Residence, @Household, @groups, 2, 1, @owner, @Residence, @now, 1, @now, 'plain')
            """, new { owner, id, person.Name, person.NameKey, sex = (short)person.Sex, person.Birth, person.Residence, row.Household, groups = (long)person.Groups, now });
        session.Execute("INSERT INTO person_stay (owner, person, from_at, kind, place_owner, place, source) VALUES (@owner, @id, @now, 1, @owner, @Residence, 'plain')",
            new { owner, id, now, person.Residence });
        if (row.DocKey is not null)
            session.Execute("INSERT INTO person_document (owner, doc_key, person, doc_type, sealed, masked) VALUES (@owner, @DocKey, @id, @type, @DocSealed, @DocMasked)",
                new { owner, row.DocKey, id, type = (short)person.DocType, row.DocSealed, row.DocMasked });
        foreach (var (key, box, masked) in row.Phones)
            session.Execute("INSERT INTO person_phone (owner, person, phone_key, sealed, masked, relation, verified) VALUES (@owner, @id, @key, @box, @masked, 1, 0)",
                new { owner, id, key, box, masked });
        if (row.Household is { } household)
            session.Execute("INSERT INTO household (owner, id, unit_code, created_at) VALUES (@owner, @household, @HouseholdUnit, @now) ON CONFLICT DO NOTHING",
                new { owner, household, row.HouseholdUnit, now });
    }
}
