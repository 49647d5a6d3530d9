namespace Qipan.Contracts;

/// <summary>A case was opened: its clocks run, its contacts are to be proposed.</summary>
/// <param name="Disease">As protocols name it.</param>
/// <param name="Class">In snake_case: confirmed, asymptomatic, suspect, probable.</param>
public sealed record CaseOpened(Guid Case, Guid Person, string Disease, string Class) : IEvent
{
    public static string Kind => "case_opened";
}

/// <summary>A case is something else now; ruled_out ends what stood on it (INV-11, INV-24).</summary>
/// <param name="From">The class that does not hold any more.</param>
/// <param name="To">The class that holds.</param>
public sealed record CaseReclassified(Guid Case, Guid Person, string From, string To) : IEvent
{
    public static string Kind => "case_reclassified";
}

/// <summary>The day of onset is another: exposure windows are to be counted again (INV-27).</summary>
/// <param name="From">Null: none was known.</param>
/// <param name="To">Null: there are no symptoms after all.</param>
public sealed record OnsetCorrected(Guid Case, DateOnly? From, DateOnly? To) : IEvent
{
    public static string Kind => "onset_corrected";
}

/// <summary>A case is isolated: exposures end here.</summary>
public sealed record CaseIsolated(Guid Case, DateTimeOffset At) : IEvent
{
    public static string Kind => "case_isolated";
}

/// <summary>The way of a case is known better or otherwise: whom it met is to be looked for again.</summary>
public sealed record ItineraryChanged(Guid Case) : IEvent
{
    public static string Kind => "itinerary_changed";
}

/// <summary>A person has been determined to be a contact.</summary>
public sealed record ContactDetermined(Guid Contact, Guid Person, Guid Case) : IEvent
{
    public static string Kind => "contact_determined";
}

/// <summary>A contact is one no more.</summary>
/// <param name="State">The end in snake_case: released, converted_to_case, withdrawn.</param>
public sealed record ContactEnded(Guid Contact, string State) : IEvent
{
    public static string Kind => "contact_ended";
}

/// <summary>Somebody who is a case already is positive again; published to the county of the case (INV-13, INV-34).</summary>
/// <param name="At">When the sample was taken.</param>
/// <param name="SampleKind">The kind of the fact that shows it: result, tube, report.</param>
/// <param name="SampleId">Its id.</param>
public sealed record CasePositiveAgain(Guid Case, DateTimeOffset At, string SampleKind, string SampleId) : IEvent
{
    public static string Kind => "case_positive_again";
}
