using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Shouldly;
using Xunit;

namespace Tracira.Engine.Tests;

/// <summary>A run that is told to do without vector instructions, as <c>eng/test.sh</c> tells some, does without them.</summary>
public sealed class InstructionSetTests
{
    [Fact]
    public void Instructions_that_the_run_is_to_do_without_are_not_used()
    {
        (IsOff("DOTNET_EnableAVX512") && Avx512F.IsSupported).ShouldBeFalse();
        (IsOff("DOTNET_EnableAVX2") && Avx2.IsSupported).ShouldBeFalse();
        (IsOff("DOTNET_EnableHWIntrinsic") && (Vector128.IsHardwareAccelerated || Sse42.IsSupported)).ShouldBeFalse();
    }

    private static bool IsOff(string variable) => Environment.GetEnvironmentVariable(variable) == "0";
}
