using System.Text.Json;
using System.Text.Json.Serialization;

namespace Qipan.Kernel;

/// <summary>
/// A value that tells something about a person. It prints and serialises as <c>•••</c>, so that it cannot leak through a log,
/// an error or a forgotten field; <see cref="Reveal"/> is the only way to it and asks for a <see cref="Disclosure"/>.
/// Equality compares the values, so duplicates can be found without revealing. The default holds <c>default(T)</c>.
/// </summary>
[JsonConverter(typeof(PersonalJson))]
public readonly record struct Personal<T>
{
    readonly T value;

    public Personal(T value) => this.value = value;

    /// <summary>The value itself. The disclosure names who sees it and why; whoever makes one has written the access log.</summary>
    public T Reveal(Disclosure disclosure)
    {
        ArgumentNullException.ThrowIfNull(disclosure);
        return value;
    }

    /// <summary>A value computed from this one that is personal too.</summary>
    public Personal<TResult> Map<TResult>(Func<T, TResult> map) => new(map(value));

    public override string ToString() => Personal.Mask;
}

/// <summary>Makes personal values without naming their type.</summary>
public static class Personal
{
    /// <summary>What stands in place of a personal value.</summary>
    public const string Mask = "•••";

    public static Personal<T> Of<T>(T value) => new(value);
}

/// <summary>Writes the mask and refuses to read: personal data enters through named wire fields, never through this type.</summary>
public sealed class PersonalJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Personal<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Masked<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    sealed class Masked<T> : JsonConverter<Personal<T>>
    {
        public override Personal<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new JsonException("A personal value is not read from JSON.");

        public override void Write(Utf8JsonWriter writer, Personal<T> value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Personal.Mask);
    }
}
