namespace Qipan.Protocols;

/// <summary>
/// One group of parameters of a protocol 参数组: immutable, safe for all threads. A protocol has a group or has not; within a group
/// every parameter comes from the same protocol.
/// </summary>
public interface IRule
{
    /// <summary>The group's key in the file, as <c>suspect_pool</c>.</summary>
    static abstract string Key { get; }
}

/// <summary>A group of parameters with the version that it was taken from; store the version with what you decide.</summary>
public sealed record Ruled<TRule>(TRule Rule, ProtocolVersion Version)
    where TRule : class, IRule;
