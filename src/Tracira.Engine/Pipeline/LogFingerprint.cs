using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Tracira;

/// <summary>Digests what a submission says, so that a retry under the same id can be told from another log under the same id.</summary>
internal static class LogFingerprint
{
    /// <summary>SHA-256 over every field that says something about the log, in hexadecimal; how the caller waits is left out.</summary>
    public static string Of(LogSubmission submission)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, submission.Project);
        Append(hash, submission.Output);
        Append(hash, submission.Task);
        Append(hash, submission.Input);
        Append(hash, submission.InputText);
        Append(hash, submission.Model);
        Append(hash, submission.LatencyMs);
        Append(hash, submission.CostUsd);
        Append(hash, submission.Confidence);
        Append(hash, submission.SessionId);
        Append(hash, submission.SubjectId);
        Append(hash, submission.ActorId);
        Append(hash, submission.Metadata);
        Append(hash, submission.Action);
        Append(hash, submission.RequireApproval ? 1 : 0);
        Append(hash, submission.RevisionOf);
        Append(hash, submission.InstructionsVersion);
        Append(hash, submission.CallbackUrl);
        Append(hash, (double)submission.CallbackEvents);
        Append(hash, submission.Timestamp?.UtcTicks);
        Append(hash, submission.AttachmentsDigest);
        foreach (string tag in submission.Tags)
            Append(hash, tag);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Each value is led by its length, so that no two lists of fields run together to the same bytes; -1 stands for absent.
    private static void Append(IncrementalHash hash, string? value)
    {
        AppendLength(hash, value?.Length ?? -1);
        hash.AppendData(MemoryMarshal.AsBytes(value.AsSpan()));
    }

    private static void Append(IncrementalHash hash, double? value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value ?? double.NaN);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, long? value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value ?? long.MinValue);
        hash.AppendData(bytes);
    }

    private static void AppendLength(IncrementalHash hash, int length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        hash.AppendData(bytes);
    }
}
