using AiOutliers.Detection;
using StackExchange.Redis;

namespace AiOutliers.Cluster.Jobs;

/// <summary>Opens the connection to Redis and says in words what keeps it from being of use.</summary>
internal static class RedisConnection
{
    /// <summary>All keys begin so; the braces keep them in one slot of a Redis cluster, as transactions need.</summary>
    public const string Prefix = "{rb-aioutliers}:";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="AiOutliersException">Redis cannot be reached, refuses the password, or takes no writes.</exception>
    public static ConnectionMultiplexer Open(RedisSettings settings)
    {
        ConnectionMultiplexer? connection = null;
        try
        {
            connection = ConnectionMultiplexer.Connect(Options(settings));
            // A replica and a server whose disk is full answer everything but writes.
            connection.GetDatabase().StringSet(Prefix + "probe", "1", Patience);
            return connection;
        }
        catch (RedisException error)
        {
            connection?.Dispose();
            var kind = IsConfiguration(error) ? ErrorKind.BadConfiguration : ErrorKind.ClusterFailed;
            throw new AiOutliersException(kind, $"Redis at {settings} {Reason(error)}", error);
        }
        catch (TimeoutException error)
        {
            connection?.Dispose();
            throw new AiOutliersException(ErrorKind.ClusterFailed, $"Redis at {settings} does not answer", error);
        }
    }

    private static ConfigurationOptions Options(RedisSettings settings) => new()
    {
        EndPoints = { { settings.Host, settings.Port } },
        User = settings.User,
        Password = settings.Secret,
        Ssl = settings.Tls,
        SslClientAuthenticationOptions = settings.Tls
            ? _ => new() { TargetHost = settings.Host, CertificateChainPolicy = settings.Trust }
            : null,
        ConnectTimeout = (int)Patience.TotalMilliseconds,
        ClientName = "rb-aioutliers",
        // The connection mends later breaks itself: it goes on trying, and what waits fails within the time limits.
        AbortOnConnectFail = true,
        ConnectRetry = 2,
        KeepAlive = 10,
    };

    /// <summary>Waiting does not help; somebody has to change something.</summary>
    private static bool IsConfiguration(RedisException error) =>
        IsReadOnly(error)
        || IsCertificate(error)
        || Says(error, "NOPERM")
        || Says(error, "WRONGPASS")
        || Says(error, "NOAUTH")
        || Says(error, "AuthenticationFailure");

    /// <summary>By Redis' own word, or by the client's, which does not even send a write to a replica.</summary>
    private static bool IsReadOnly(Exception error) => Says(error, "READONLY") || Says(error, "requires writable");

    /// <summary>Our own words: the library's messages hold its whole configuration.</summary>
    public static string Reason(Exception error) => error switch
    {
        _ when IsReadOnly(error) => "is read-only, a replica perhaps; [Redis] rd_hostname has to name the primary",
        _ when Says(error, "MISCONF") => "takes no writes because it cannot save its data; its log says why",
        _ when Says(error, "NOAUTH") || Says(error, "without any password configured") =>
            "asks for another password, or for none; check [Redis] rd_secret",
        _ when Says(error, "WRONGPASS") || Says(error, "invalid password") || Says(error, "AuthenticationFailure") =>
            "refuses the password; check [Redis] rd_secret and rd_username",
        _ when IsCertificate(error) =>
            "has a certificate that is not trusted or is for another name; check [Redis] rd_hostname and rd_ca_file",
        _ when Says(error, "NOPERM") => "does not allow a command to this user; check [Redis] rd_username and its access control list",
        RedisServerException => "refuses the command",
        _ => "cannot be reached; check [Redis] rd_hostname and rd_port and that it runs",
    };

    private static bool IsCertificate(Exception error) => Says(error, "certificate") || Says(error, "RemoteCertificate");

    private static bool Says(Exception error, string word)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause.Message.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
