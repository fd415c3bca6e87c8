package io.requartz.bench;

import io.requartz.testdb.RecordingDataSource;
import io.requartz.testdb.SentTransaction;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A driver that writes down what goes over its connections, in the place of the real one until it is closed. */
final class CountedDriver implements Driver, AutoCloseable {

    private final Driver real;
    private final List<RecordingDataSource> connections = new CopyOnWriteArrayList<>();

    private CountedDriver(Driver real) {
        this.real = real;
    }

    /** Takes the place of the driver for such addresses, for connections to come. */
    static CountedDriver instead(String url) throws SQLException {
        CountedDriver counted = new CountedDriver(DriverManager.getDriver(url));
        DriverManager.deregisterDriver(counted.real);
        DriverManager.registerDriver(counted);
        return counted;
    }

    /** The transactions that ended since it was asked last. */
    List<SentTransaction> take() {
        List<SentTransaction> taken = new ArrayList<>();
        connections.forEach(connection -> taken.addAll(connection.take()));
        return taken;
    }

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        if (!real.acceptsURL(url)) {
            return null;
        }
        Connection connection = real.connect(url, properties);
        DataSource one = (DataSource) Proxy.newProxyInstance(
                CountedDriver.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        return connection;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
        RecordingDataSource recording = new RecordingDataSource(one);
        connections.add(recording);
        return recording.getConnection();
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        return real.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) throws SQLException {
        return real.getPropertyInfo(url, properties);
    }

    @Override
    public int getMajorVersion() {
        return real.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return real.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return real.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(CountedDriver.class.getName());
    }

    @Override
    public void close() throws SQLException {
        DriverManager.deregisterDriver(this);
        DriverManager.registerDriver(real);
    }
}
