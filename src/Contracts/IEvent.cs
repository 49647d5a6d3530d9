namespace Qipan.Contracts;

/// <summary>
/// News that travels against the order of references: written to the outbox with the fact itself, and handled at least once by
/// every subscriber. An event's kind and property names are wire format: they are only added to.
/// </summary>
public interface IEvent
{
    /// <summary>The stable name in snake_case: pool_positive.</summary>
    static abstract string Kind { get; }
}
