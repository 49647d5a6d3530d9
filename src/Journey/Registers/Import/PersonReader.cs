using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Some rows of a file, ready for the writer, and those that were refused without asking the store.</summary>
sealed class PersonBatch
{
    public List<SealedPerson> Rows { get; } = [];

    public List<RefusedRow> Refused { get; } = [];

    /// <summary>The words of the rows' names that cannot be found yet; null where the writer has to look itself.</summary>
    public List<NameTerm>? Words { get; set; }

    /// <summary>Data rows of the file up to here.</summary>
    public long UpTo { get; set; }

    /// <summary>No row comes after these.</summary>
    public bool Last { get; set; }

    /// <summary>Counties whose rows the batch writes.</summary>
    public string[] Owners => [.. Rows.Select(r => r.Person.Owner).Distinct()];
}

/// <summary>The first half of an import: splits, checks, hashes and seals rows. Runs on a thread of its own, away from the store's writer.</summary>
sealed class PersonReader(Keyring keyring, PersonRules rules, Caller? caller, int unitRows)
{
    readonly PersonDraft draft = new();

    /// <summary>Reads the next rows; the first <paramref name="skip"/> data rows of the file were taken by an earlier run.</summary>
    public PersonBatch Next(CsvRows csv, PersonColumns columns, long skip)
    {
        var batch = new PersonBatch { UpTo = csv.Number - 1 };
        while (batch.Rows.Count + batch.Refused.Count < unitRows)
        {
            if (!csv.Read())
            {
                batch.Last = true;
                break;
            }
            batch.UpTo = csv.Number - 1;
            if (batch.UpTo <= skip)
                continue;
            if (Judge(csv, columns) is { Ok: true } person)
                batch.Rows.Add(SealedPerson.Of(keyring, person.Value, csv.Number, csv.Raw));
            else
                batch.Refused.Add(new RefusedRow(csv.Number, Judge(csv, columns).Refusal!, Personal.Of(csv.Raw)));
        }
        return batch;
    }

    Outcome<CheckedPerson> Judge(CsvRows csv, PersonColumns columns)
    {
        if (csv.Broken)
            return new RowBroken();
        columns.Read(csv, draft);
        if (draft.Name.Contains('\ufffd') || draft.Residence.Contains('\ufffd'))
            return new RowBadEncoding();
        var person = CheckedPerson.Of(draft, rules);
        return person.Ok && caller is not null && !caller.May(Permission.ImportFiles, person.Value.Residence) ? new NotAllowedHere() : person;
    }
}
