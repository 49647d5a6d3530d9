using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Binds a document to a person, such as a temporary identity that is known by now (INV-19). Id and history stay.</summary>
/// <param name="Person">Whose.</param>
/// <param name="Version">The version that was looked at.</param>
/// <param name="DocType">Kind of document.</param>
/// <param name="DocNo">Its number.</param>
/// <param name="Verified">Read by a machine or checked by eye.</param>
/// <param name="Name">The name on the document; needed when the person has none yet.</param>
public sealed record LinkDocument(Guid Person, long Version, DocType DocType, string DocNo, bool Verified = false, string? Name = null);

/// <summary>What the document led to.</summary>
/// <param name="Person">The person who has the document now.</param>
/// <param name="Merged">True when that is another row: the temporary one follows it from now on.</param>
public sealed record Linked(Guid Person, bool Merged);

public sealed class LinkDocumentHandler(Store store, Keyring keyring, LocalDays days, PersonMerges merges)
{
    /// <summary>
    /// A document that nobody has is bound. One that somebody has leads to that person only when name and birth agree; otherwise
    /// it is refused as mistyped (INV-22), and nobody is merged.
    /// </summary>
    public async Task<Outcome<Linked>> Handle(LinkDocument command, Caller caller)
    {
        if (store.Read(s => PersonDirectory.ByIds(s, [command.Person])).Values.FirstOrDefault() is not { } person)
            return new PersonUnknown();
        if (caller.Must(Permission.EditPersons, person.Residence) is { Ok: false } no)
            return no.Refusal;
        var (number, birth, sex) = (DocumentKeys.Normal(command.DocNo), (string?)null, (Sex?)null);
        if (command.DocType == DocType.IdCard)
        {
            var id = IdNumber.Parse(command.DocNo, days.DateOf(store.Clock.GetUtcNow()));
            if (!id.Ok)
                return id.Refusal;
            (number, birth, sex) = (id.Value.Number.Reveal(Disclosure.ForProcessing), id.Value.Birth.ToString("yyyy-MM-dd", null), id.Value.IsMale ? Sex.Male : Sex.Female);
        }
        else if (number.Length is < 4 or > 40 || !Enum.IsDefined(command.DocType))
        {
            return new DocumentWrong();
        }
        var document = new DocumentRow
        {
            Owner = person.Owner,
            DocKey = DocumentKeys.Of(keyring, command.DocType, number),
            Person = person.Id,
            DocType = command.DocType,
            Sealed = keyring.Seal(person.Owner, Personal.Of(number)),
            Masked = DocumentKeys.Masked(number),
        };
        // Whoever has the document, and whom intake met by it, may turn out to be the same person.
        var concerned = store.Read(s => PersonDirectory.ByIds(s, [document.DocKey]).Keys.Concat(PersonDirectory.ByDocuments(s, [document.DocKey]).Values.Select(p => p.Id)))
            .Append(person.Id).Distinct().ToList();
        return await MergeScope.Write(store, merges, caller.Actor, concerned, (session, scope) => Link(session, command, document, birth, sex, scope));
    }

    Outcome<Linked> Link(WriteSession session, LinkDocument command, DocumentRow document, string? birth, Sex? sex, IReadOnlyCollection<string> scope)
    {
        var old = session.One<PersonRow>("SELECT * FROM person WHERE id = @Person", new { command.Person })!;
        if (old.Version != command.Version)
            return new ChangedMeanwhile();
        var key = NameKeys.Of(command.Name) is { Length: > 0 } given ? given : old.NameKey;
        if (key.Length == 0)
            return new NameMissing();
        if (old.NameKey.Length > 0 && key != old.NameKey)
            return new DocumentTaken();
        if (birth is not null && old.Birth is { } said && !birth.StartsWith(said, StringComparison.Ordinal))
            return new BirthDiffersFromDocument();
        if (PersonDirectory.ByDocuments(session, [document.DocKey]).TryGetValue(document.DocKey, out var holder))
        {
            if (holder.Id == old.Id)
                return new Linked(old.Id, Merged: false);
            if (holder.NameKey != key || (birth ?? old.Birth) is not { } born || holder.Birth is null || !born.StartsWith(holder.Birth, StringComparison.Ordinal))
                return new DocumentTaken();
            return merges.Merge(session, holder.Id, old.Id, SameDocument, scope).Map(_ => new Linked(holder.Id, Merged: true));
        }
        var linked = old with
        {
            Name = string.IsNullOrWhiteSpace(command.Name) ? old.Name : command.Name.Trim(),
            NameKey = key,
            Birth = birth ?? old.Birth,
            Sex = sex ?? old.Sex,
            Temporary = null,
            Confidence = command.Verified ? IdentityConfidence.Verified : old.Confidence == IdentityConfidence.Verified ? old.Confidence : IdentityConfidence.Claimed,
            Version = old.Version + 1,
        };
        session.Insert(DocumentRow.Rows, [document]);
        PersonVersions.Supersede(session, keyring, [(old, linked)], "document linked");
        session.Trail(old.Owner, "link_document", new Ref("person", old.Id), detail: new { docType = command.DocType.ToString(), command.Verified });
        // Whom intake met by this document before is the same person.
        if (old.Id != document.DocKey && session.One<PersonRow>("SELECT * FROM person WHERE id = @DocKey AND temporary IS NOT NULL AND merged_into IS NULL",
            new { document.DocKey }) is { } met)
        {
            var merged = merges.Merge(session, linked.Id, met.Id, SameDocument, scope);
            if (!merged.Ok)
                return merged.Refusal;
        }
        return new Linked(old.Id, Merged: false);
    }

    static readonly MergeGrounds SameDocument = new(1, "document", "the document is the same");
}
