namespace Qipan.Kernel;

/// <summary>A setting whose value is never printed: a connection string, a key.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
