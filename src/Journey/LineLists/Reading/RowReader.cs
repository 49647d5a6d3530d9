using System.Globalization;
using Qipan.Cases;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Tracing;

namespace Qipan.LineLists;

/// <summary>
/// The first half of an import: reads rows through the mapping, checks, hashes and seals. Runs on a thread of its own, away from the store's
/// writer; not safe for several threads.
/// </summary>
sealed class RowReader
{
    readonly Keyring keyring;
    readonly ListMapping mapping;
    readonly IListRows rows;
    readonly LocalDays days;
    readonly DateOnly today;
    readonly Caller? caller;
    readonly string? place;
    readonly Residences residences;
    readonly PersonRules rules;
    readonly PersonDraft draft = new();

    public RowReader(Store store, Keyring keyring, LocalDays days, int guardianUnderAge, ListMapping mapping, IListRows rows, string? place, Caller? caller)
    {
        (this.keyring, this.mapping, this.rows, this.days, this.place, this.caller) = (keyring, mapping, rows, days, place, caller);
        today = days.DateOf(store.Clock.GetUtcNow());
        residences = new Residences(store);
        rules = new PersonRules(today, guardianUnderAge, Residence, residences.IsDivision);
        Fields = new RowFields(mapping, rows);
    }

    public RowFields Fields { get; }

    /// <summary>The row that was just read, or why it cannot be taken.</summary>
    public Outcome<RowDraft> Read()
    {
        if (rows.Broken is { } broken)
            return broken;
        Fields.Next();
        RowDraft? read = mapping.Kind switch
        {
            ListKind.Cases => Case(),
            ListKind.Links => Link(),
            ListKind.Contacts => Contact(),
        };
        return Fields.Problem is { } problem ? problem : read!;
    }

    LinkDraft Link()
    {
        var from = Fields.Id(ListField.From, ListRefusals.EndMissing(ListField.From));
        var to = Fields.Id(ListField.To, ListRefusals.EndMissing(ListField.To));
        if (from == to)
            Fields.Refuse(ListRefusals.LinkToSelf);
        return new LinkDraft
        {
            Row = rows.Number,
            Raw = Personal.Of(rows.Raw),
            From = from,
            To = to,
            Exposure = Fields.Day(ListField.Exposure),
            Situation = Situation(),
            Confidence = Fields.Word<LinkConfidence>(ListField.Confidence) ?? LinkConfidence.Suspected,
            Notices = Fields.Notices,
        };
    }

    CaseDraft? Case()
    {
        var id = Fields.Id(ListField.Id, ListRefusals.IdMissing);
        var onset = Fields.Day(ListField.Onset);
        var report = Fields.Day(ListField.Report);
        var positive = Fields.Day(ListField.FirstPositive);
        var isolated = Fields.Day(ListField.Isolated);
        var (outcomeOn, death, exposure) = (Fields.Day(ListField.OutcomeOn), Fields.Day(ListField.Death), Fields.Day(ListField.Exposure));
        var (@class, severity, clinical) = (Fields.Word<CaseClass>(ListField.Class), Fields.Word<CaseSeverity>(ListField.Severity), Fields.Word<ClinicalState>(ListField.Clinical));
        var outcome = Fields.Word<CaseOutcome>(ListField.Outcome) ?? CaseOutcome.Open;
        if (outcomeOn < onset && Fields.Drops(ListField.OutcomeOn))
            outcomeOn = null;
        if (death < onset && Fields.Drops(ListField.Death))
            death = null;
        if (exposure > onset && !Drop(ListField.Exposure, ref exposure))
            Fields.Refuse(ListRefusals.ExposureAfterOnset);
        if (report > today && !Drop(ListField.Report, ref report))
            Fields.Refuse(ListRefusals.ReportInFuture);
        if (exposure is not null && exposure == onset)
            Fields.Notices.Add(ListNotices.IncubationZero);
        if (onset > report)
            Fields.Notices.Add(ListNotices.OnsetAfterReport);
        // What the days cannot be is said before anybody is registered for the row.
        var possible = CaseDates.Judge(new CaseRow
        {
            Onset = onset,
            DeathOn = death ?? (outcome == CaseOutcome.Died ? outcomeOn : null),
            OutcomeOn = outcomeOn ?? death,
            Outcome = death is null ? outcome : CaseOutcome.Died,
            FirstPositiveAt = At(positive),
            IsolatedAt = At(isolated),
        }, today, days);
        if (!possible.Ok)
            Fields.Refuse(possible.Refusal);
        var disease = Fields.Text(ListField.Disease);
        if (disease is null)
            Fields.Refuse(ListRefusals.DiseaseMissing);
        var person = Person(id, onset ?? report ?? positive ?? today);
        if (Fields.Problem is not null || person is null)
            return null;
        var region = Region(person.Place);
        var infector = Fields.Text(ListField.Infector);
        if (infector == id)
        {
            Fields.Notices.Add(ListNotices.LinkToSelf);
            infector = null;
        }
        var found = report ?? positive ?? onset ?? isolated ?? outcomeOn ?? death;
        var said = new NewCase
        {
            Owner = region[..6],
            Person = Guid.Empty,
            Disease = disease!,
            Class = @class ?? CaseClass.Unclassified,
            BasisKind = "import_row",
            BasisId = ListRow.IdOf(mapping.List, ListKind.Cases, id).ToString("N"),
            Severity = severity ?? CaseSeverity.Unknown,
            Clinical = clinical ?? ClinicalState.AwaitingTransfer,
            Onset = onset,
            OnsetAbout = Fields.Yes(ListField.OnsetAbout),
            FirstPositiveAt = At(positive),
            FoundAt = At(found),
            ReportAt = At(report),
            IsolatedAt = At(isolated),
            Outcome = death is null ? outcome : CaseOutcome.Died,
            OutcomeOn = outcomeOn ?? death,
            DeathOn = death ?? (outcome == CaseOutcome.Died ? outcomeOn : null),
            Discovery = Fields.Word<Discovery>(ListField.Discovery) ?? Discovery.ImportFile,
            Origin = Fields.Word<CaseOrigin>(ListField.Origin) ?? CaseOrigin.Unknown,
            ReportRegion = region,
            CurrentRegion = person.Place,
            OutsideNo = id,
            Clocks = mapping.Clocks,
        };
        var situation = Situation();
        return new CaseDraft
        {
            Row = rows.Number,
            Raw = Personal.Of(rows.Raw),
            Id = id,
            Person = person,
            Case = said,
            Exposure = exposure,
            Infector = infector,
            Situation = situation,
            Confidence = Fields.Word<LinkConfidence>(ListField.Confidence) ?? LinkConfidence.Suspected,
            Said = SaidCase.Of(said, exposure, infector, situation, @class is not null, severity is not null, clinical is not null, positive, report, isolated),
            Notices = Fields.Notices,
        };
    }

    ContactDraft? Contact()
    {
        var id = Fields.Id(ListField.Id, ListRefusals.IdMissing);
        var index = Fields.Id(ListField.Case, ListRefusals.CaseUnknown);
        var (last, first) = (Fields.Day(ListField.LastExposure) ?? Fields.Day(ListField.Exposure), Fields.Day(ListField.FirstExposure));
        if (last is null)
            Fields.Refuse(ListRefusals.ExposureNeeded);
        if (last > today)
            Fields.Refuse(ListRefusals.ExposureInFuture);
        if (first > last && !Drop(ListField.FirstExposure, ref first))
            Fields.Refuse(ListRefusals.ExposureBackwards);
        var state = Fields.Word<ContactState>(ListField.State) ?? ContactState.Proposed;
        var person = Person(id, last ?? today);
        return Fields.Problem is not null || person is null ? null : new ContactDraft
        {
            Row = rows.Number,
            Raw = Personal.Of(rows.Raw),
            Id = id,
            Case = index,
            Person = person,
            First = first ?? last!.Value,
            Last = last!.Value,
            Situation = Situation() is { Length: > 0 } situation ? situation : "near_1m",
            State = state,
            Notices = Fields.Notices,
        };
    }

    PersonOfRow? Person(string id, DateOnly asOf)
    {
        var name = Fields.Text(ListField.Name) ?? string.Join(' ', new[] { Fields.Text(ListField.FirstName), Fields.Text(ListField.LastName) }.OfType<string>());
        var age = Fields.Age();
        draft.Clear();
        draft.Birth = Birth(age, asOf) ?? "";
        draft.Sex = Sex();
        draft.DocNo = Fields.Text(ListField.DocNo) ?? "";
        draft.DocType = draft.DocNo.Length > 0 ? Fields.Text(ListField.DocType) ?? "" : "";
        draft.Phones = Fields.Text(ListField.Phone) ?? "";
        draft.Household = Fields.Text(ListField.Household) ?? "";
        draft.Residence = Fields.Text(ListField.Place) ?? place ?? "";
        // Whoever has no name is judged all the same: document, birth and place have to be right.
        var named = NameKeys.Of(name).Length > 0;
        draft.Name = named ? name : "-X";
        if (draft.Residence.Length == 0)
            Fields.Refuse(ListRefusals.PlaceNeeded);
        if (Fields.Problem is not null)
            return null;
        var thin = draft.DocNo.Length == 0 && draft.Birth.Length == 0;
        var residence = Residence(draft.Residence);
        if (!residence.Ok)
        {
            Fields.Refuse(residence.Refusal);
            return null;
        }
        if (caller is not null && !(caller.May(Permission.ImportFiles, residence.Value) && caller.May(Permission.InvestigateCases, residence.Value)))
        {
            Fields.Refuse(new NotAllowedHere() { Field = "place" });
            return null;
        }
        var key = keyring.LookupKey("list person", Personal.Of(string.Join('\n', draft.Name, draft.Birth, draft.Sex, draft.DocNo, draft.Phones, residence.Value)));
        if (thin)
            return new PersonOfRow { Name = named ? name : null, Sex = CheckedPerson.SexOf(draft.Sex), Place = residence.Value, Key = key };
        var judged = CheckedPerson.Of(draft, rules);
        if (!judged.Ok)
        {
            // A document's own checks name no field.
            Fields.Refuse(judged.Refusal.Field is null ? judged.Refusal with { Field = "docNo" } : judged.Refusal);
            return null;
        }
        return named
            ? new PersonOfRow { Sealed = SealedPerson.Of(keyring, judged.Value, rows.Number, ""), Place = residence.Value, Key = key }
            : new PersonOfRow
            {
                DocKey = judged.Value.DocNo is { } number ? DocumentKeys.Of(keyring, judged.Value.DocType, number) : null,
                Birth = judged.Value.Birth,
                Sex = judged.Value.Sex,
                Place = residence.Value,
                Key = key,
            };
    }

    /// <summary>A day, a year, or the year that the age tells.</summary>
    string? Birth(int? age, DateOnly asOf)
    {
        if (Fields.Text(ListField.Birth) is { } text)
            return DateForms.Read(text, mapping.Dates, rows.IsWorkbook)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? text;
        return age is { } years && asOf.Year - years >= 1850 ? (asOf.Year - years).ToString("0000", CultureInfo.InvariantCulture) : null;
    }

    string Sex()
    {
        if (Fields.Text(ListField.Sex) is not { } text)
            return "";
        return FieldWords.Find(FieldWords.Of(ListField.Sex)!, text) is { } number ? number.ToString(CultureInfo.InvariantCulture) : text;
    }

    /// <summary>From a community down, a place of the tree; a county or a street alone where the list knows no more.</summary>
    Outcome<string> Residence(string text)
    {
        if (PlaceCode.Parse(text) is not { Ok: true } parsed || parsed.Value.Level < PlaceLevel.County)
            return ListRefusals.PlaceWrong;
        if (parsed.Value.Level >= PlaceLevel.Community)
            return residences.Of(text);
        return residences.IsDivision(parsed.Value.Owner) ? parsed.Value.Value : PlaceUnknown.Of(parsed.Value.Value, "place");
    }

    string Region(string home) => Fields.Text(ListField.Region) is { } text && PlaceCode.Parse(text) is { Ok: true } parsed && parsed.Value.Level >= PlaceLevel.County
        ? parsed.Value.Value : home;

    string Situation() => Fields.Text(ListField.Situation) is { } text ? text.Length > 60 ? text[..60] : text : "";

    bool Drop(ListField field, ref DateOnly? day)
    {
        if (!Fields.Drops(field))
            return false;
        day = null;
        return true;
    }

    DateTimeOffset? At(DateOnly? day) => day is { } d ? days.StartOf(d) : null;
}
