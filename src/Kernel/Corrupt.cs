namespace Qipan.Kernel;

/// <summary>
/// Stored data contradicts itself. It names the place; it is never caught below the host, because going on would turn a broken
/// store into wrong answers.
/// </summary>
public class CorruptException(string place, string what) : Exception($"{place}: {what}")
{
    public string Place => place;
}
