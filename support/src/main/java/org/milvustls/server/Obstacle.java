package org.milvustls.server;

/**
 * The reason why a kind of server cannot be started here.
 *
 * @param reason without a full stop
 * @param remedy next step for the user
 */
record Obstacle(String reason, String remedy) {
  @Override
  public String toString() {
    return reason + "; " + remedy;
  }
}
