namespace Tracira;

/// <summary>What looking at a field came to.</summary>
internal enum JsonResult
{
    /// <summary>Nothing speaks against the output.</summary>
    Holds,

    /// <summary>A value is not as it should be.</summary>
    Fails,

    /// <summary>There is nothing at the path, and that is not as it should be.</summary>
    Missing,

    /// <summary>The output holds no JSON.</summary>
    NoJson,

    /// <summary>A pattern spent its time budget.</summary>
    BudgetSpent,
}

/// <summary>What looking at the field of one rule came to. Once it is not <see cref="JsonResult.Holds"/> any more, it is decided.</summary>
internal struct JsonOutcome
{
    /// <summary>What it came to.</summary>
    public JsonResult Result;

    /// <summary>Where in the text the value begins that decided.</summary>
    public int Start;

    /// <summary>How long it is there.</summary>
    public int Length;

    /// <summary>A number that belongs to the reason.</summary>
    public int Number;

    /// <summary>Decides against the output because of a value.</summary>
    public void Fail(in JsonCursor value, int number = 0)
    {
        Result = JsonResult.Fails;
        Start = value.Start;
        Length = value.Raw.Length;
        Number = number;
    }
}
