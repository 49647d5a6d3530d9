using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Registers somebody without a document at a desk (INV-19); a device does it with a fact instead.</summary>
public sealed record RegisterTemporary(NewTemporaryPerson Person);

public sealed class RegisterTemporaryHandler(Store store, RegistersSettings settings, LocalDays days)
{
    public async Task<Outcome<Registered>> Handle(RegisterTemporary command, Caller caller)
    {
        var person = command.Person;
        if (person.Descriptors.Trim().Length < 5)
            return new DescriptorsMissing();
        var place = new Residences(store).Of(person.Residence);
        if (!place.Ok)
            return place.Refusal;
        if (person.PresentPlace is { } at && PlaceCode.Parse(at) is { Ok: false } wrong)
            return wrong.Refusal;
        if (caller.Must(Permission.EditPersons, place.Value) is { Ok: false } no)
            return no.Refusal;
        var today = days.DateOf(store.Clock.GetUtcNow());
        string? birth = null;
        if (person.Birth is { Length: > 0 } text && (birth = CheckedPerson.BirthOf(text, today)) is null)
            return new BirthWrong();
        if (person.Guardian is null && AgeBands.AgeOf(birth, today) < settings.GuardianUnderAge)
            return new GuardianNeeded();
        return await store.Write(new WriteScope(caller.Actor, PlaceCode.OwnerOf(place.Value)), session =>
        {
            if (person.Guardian is { } guardian && PersonDirectory.ByIds(session, [guardian]).Count == 0)
                return new PersonUnknown() with { Field = "guardian" };
            var added = PersonDirectory.AddTemporary(session, PlaceCode.OwnerOf(place.Value),
                person with { Id = null, Residence = place.Value, Birth = birth, Source = "desk" });
            return Outcome.Of(new Registered(added.Id, PersonWarnings.None, 0));
        });
    }
}

/// <summary>Nothing by which the person could be known again.</summary>
public sealed record DescriptorsMissing() : FieldRefusal("descriptors", "descriptors_missing", RefusalKind.Invalid,
    "Describe the person in a few words: about how old, what was worn, where found.", "请简要描述体貌特征、衣着及发现地点。");
