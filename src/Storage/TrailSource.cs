using Qipan.Kernel;

namespace Qipan.Storage;

/// <summary>
/// One thing in the chain of facts: what it is, what is known about it, and what it stands on. Shows no personal data: a person
/// appears as an id.
/// </summary>
/// <param name="Subject">The thing itself.</param>
/// <param name="Title">One line in English: "tube R220204… sealed". Pages find its Chinese by the sentence.</param>
/// <param name="Facts">Name and value, in the order to print.</param>
/// <param name="Under">The things it stands on, nearest first.</param>
public sealed record TrailNode(Ref Subject, string Title, IReadOnlyList<(string Name, string Value)> Facts, IReadOnlyList<Ref> Under);

/// <summary>Explains the things of one module, so that the trail can be followed from a figure back to a device.</summary>
public interface ITrailSource
{
    /// <summary>The kinds of <see cref="Ref"/> that this source explains.</summary>
    IReadOnlyList<string> Kinds { get; }

    /// <summary>The thing and what it stands on, or null when there is none of this id.</summary>
    TrailNode? Explain(Session session, Ref subject);
}
