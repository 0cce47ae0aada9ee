namespace Tracira;

/// <summary>A field the caller has to mend.</summary>
/// <param name="Field">The field's name as the caller wrote it.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public readonly record struct FieldError(string Field, string Message);
